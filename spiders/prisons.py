from crawler.families import Nastooh


class Prisons(Nastooh):
    name = "prisons"
    title = "prisons.ir"
    home = "https://prisons.ir"
