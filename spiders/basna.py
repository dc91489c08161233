from crawler.families import IranSamaneh


class Basna(IranSamaneh):
    name = "basna"
    title = "basna.ir"
    home = "https://basna.ir"
