from crawler.families import IranSamaneh


class PaydaryMelli(IranSamaneh):
    name = "paydarymelli"
    title = "paydarymelli.ir"
    home = "https://paydarymelli.ir"
