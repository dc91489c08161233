from crawler.families import IranSamaneh


class Aghigh(IranSamaneh):
    name = "aghigh"
    title = "aghigh.ir"
    home = "https://aghigh.ir"
