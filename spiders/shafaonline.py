from crawler.families import IranSamaneh


class ShafaOnline(IranSamaneh):
    name = "shafaonline"
    title = "shafaonline.ir"
    home = "https://shafaonline.ir"
