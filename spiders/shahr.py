from crawler.families import Nastooh


class Shahr(Nastooh):
    name = "shahr"
    title = "shahr.ir"
    home = "https://shahr.ir"
