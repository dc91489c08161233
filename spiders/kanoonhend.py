from crawler.families import IranSamaneh


class KanoonHend(IranSamaneh):
    name = "kanoonhend"
    title = "kanoonhend.ir"
    home = "https://kanoonhend.ir"
