from crawler.families import Nastooh


class Sena(Nastooh):
    name = "sena"
    title = "sena.ir"
    home = "https://sena.ir"
