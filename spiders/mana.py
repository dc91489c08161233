from crawler.families import IranSamaneh


class Mana(IranSamaneh):
    name = "mana"
    title = "mana.ir"
    home = "https://mana.ir"
