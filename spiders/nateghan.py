from crawler.families import IranSamaneh


class Nateghan(IranSamaneh):
    name = "nateghan"
    title = "nateghan.ir"
    home = "https://nateghan.ir"
