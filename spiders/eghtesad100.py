from crawler.families import Asam


class Eghtesad100(Asam):
    name = "eghtesad100"
    title = "eghtesad100.ir"
    home = "https://eghtesad100.ir"
