from crawler.families import IranSamaneh


class AsrDena(IranSamaneh):
    name = "asrdena"
    title = "asrdena.ir"
    home = "https://asrdena.ir"
