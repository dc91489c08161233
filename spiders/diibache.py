from crawler.families import IranSamaneh


class Diibache(IranSamaneh):
    name = "diibache"
    title = "diibache.ir"
    home = "https://diibache.ir"
