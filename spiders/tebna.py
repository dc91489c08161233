from crawler.families import Nastooh


class Tebna(Nastooh):
    name = "tebna"
    title = "tebna.ir"
    home = "https://tebna.ir"
