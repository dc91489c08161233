from crawler.families import IranSamaneh


class AraKhabar(IranSamaneh):
    name = "arakhabar"
    title = "arakhabar.ir"
    home = "https://arakhabar.ir"
