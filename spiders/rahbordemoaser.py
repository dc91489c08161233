from crawler.families import IranSamaneh


class RahbordeMoaser(IranSamaneh):
    name = "rahbordemoaser"
    title = "rahbordemoaser.ir"
    home = "https://rahbordemoaser.ir"
