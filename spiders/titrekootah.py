from crawler.families import Asam


class TitreKootah(Asam):
    name = "titrekootah"
    title = "titrekootah.ir"
    home = "https://titrekootah.ir"
