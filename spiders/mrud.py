from crawler.families import Nastooh


class Mrud(Nastooh):
    name = "mrud"
    title = "news.mrud.ir"
    home = "https://news.mrud.ir"
