from crawler.families import Nastooh


class Chtn(Nastooh):
    name = "chtn"
    title = "chtn.ir"
    home = "https://chtn.ir"
