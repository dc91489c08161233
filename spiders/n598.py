from crawler.families import IranSamaneh


class N598(IranSamaneh):
    name = "n598"
    title = "598.ir"
    home = "https://598.ir"
