from crawler.families import Nastooh


class PersianKhodro(Nastooh):
    name = "persiankhodro"
    title = "persiankhodro.com"
    home = "https://persiankhodro.com"
