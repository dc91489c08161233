from crawler.families import Asam


class Cann(Asam):
    name = "cann"
    title = "cann.ir"
    home = "https://cann.ir"
