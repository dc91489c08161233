from crawler.families import IranSamaneh


class Bamdad24(IranSamaneh):
    name = "bamdad24"
    title = "bamdad24.ir"
    home = "https://bamdad24.ir"
