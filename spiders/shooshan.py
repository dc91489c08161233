from crawler.families import IranSamaneh


class Shooshan(IranSamaneh):
    name = "shooshan"
    title = "shooshan.ir"
    home = "https://shooshan.ir"
