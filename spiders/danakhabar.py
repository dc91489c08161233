from crawler.families import IranSamaneh


class DanaKhabar(IranSamaneh):
    name = "danakhabar"
    title = "danakhabar.com"
    home = "https://danakhabar.com"
