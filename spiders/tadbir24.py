from crawler.families import IranSamaneh


class Tadbir24(IranSamaneh):
    name = "tadbir24"
    title = "tadbir24.ir"
    home = "https://tadbir24.ir"
