from crawler.families import IranSamaneh


class Moaser(IranSamaneh):
    name = "moaser"
    title = "moaser.ir"
    home = "https://moaser.ir"
