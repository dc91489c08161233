from crawler.families import IranSamaneh


class Ferghe(IranSamaneh):
    name = "ferghe"
    title = "ferghe.ir"
    home = "https://ferghe.ir"
