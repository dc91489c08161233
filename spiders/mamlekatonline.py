from crawler.families import Asam


class MamlekatOnline(Asam):
    name = "mamlekatonline"
    title = "mamlekatonline.ir"
    home = "https://mamlekatonline.ir"
