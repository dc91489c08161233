from crawler.families import IranSamaneh


class SabaKhabar(IranSamaneh):
    name = "sabakhabar"
    title = "sabakhabar.ir"
    home = "https://sabakhabar.ir"
