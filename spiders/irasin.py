from crawler.families import Nastooh


class Irasin(Nastooh):
    name = "irasin"
    title = "irasin.ir"
    home = "https://irasin.ir"
