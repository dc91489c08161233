from crawler.families import IranSamaneh


class Zisaan(IranSamaneh):
    name = "zisaan"
    title = "zisaan.ir"
    home = "https://zisaan.ir"
