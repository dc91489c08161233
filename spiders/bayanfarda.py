from crawler.families import Asam


class BayanFarda(Asam):
    name = "bayanfarda"
    title = "bayanfarda.ir"
    home = "https://bayanfarda.ir"
