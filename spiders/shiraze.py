from crawler.families import IranSamaneh


class Shiraze(IranSamaneh):
    name = "shiraze"
    title = "shiraze.ir"
    home = "https://shiraze.ir"
