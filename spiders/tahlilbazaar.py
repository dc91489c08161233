from crawler.families import Nastooh


class TahlilBazaar(Nastooh):
    name = "tahlilbazaar"
    title = "tahlilbazaar.com"
    home = "https://tahlilbazaar.com"
