from crawler.families import IranSamaneh


class EcoView(IranSamaneh):
    name = "ecoview"
    title = "ecoview.ir"
    home = "https://ecoview.ir"
