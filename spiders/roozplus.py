from crawler.families import IranSamaneh


class RoozPlus(IranSamaneh):
    name = "roozplus"
    title = "roozplus.com"
    home = "https://roozplus.com"
