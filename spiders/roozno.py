from crawler.families import IranSamaneh


class Roozno(IranSamaneh):
    name = "roozno"
    title = "roozno.com"
    home = "https://roozno.com"
