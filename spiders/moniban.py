from crawler.families import Asam


class Moniban(Asam):
    name = "moniban"
    title = "moniban.ir"
    home = "https://moniban.ir"
