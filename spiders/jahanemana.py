from crawler.families import Asam


class JahaneMana(Asam):
    name = "jahanemana"
    title = "jahanemana.ir"
    home = "https://jahanemana.ir"
