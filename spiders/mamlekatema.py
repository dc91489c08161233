from crawler.families import Asam


class MamlekateMa(Asam):
    name = "mamlekatema"
    title = "mamlekatema.ir"
    home = "https://mamlekatema.ir"
