from crawler.families import Asam


class Bartarinha(Asam):
    name = "bartarinha"
    title = "bartarinha.ir"
    home = "https://bartarinha.ir"
