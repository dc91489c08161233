from crawler.families import IranSamaneh


class Gardeshban(IranSamaneh):
    name = "gardeshban"
    title = "gardeshban.ir"
    home = "https://gardeshban.ir"
