from crawler.families import IranSamaneh


class EghtesadeMoaser(IranSamaneh):
    name = "eghtesademoaser"
    title = "eghtesademoaser.ir"
    home = "https://eghtesademoaser.ir"
