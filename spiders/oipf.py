from crawler.families import Nastooh


class Oipf(Nastooh):
    name = "oipf"
    title = "oipf.ir"
    home = "https://oipf.ir"
