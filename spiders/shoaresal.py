from crawler.families import IranSamaneh


class ShoareSal(IranSamaneh):
    name = "shoaresal"
    title = "shoaresal.ir"
    home = "https://shoaresal.ir"
