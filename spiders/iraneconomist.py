from crawler.families import IranSamaneh


class IranEconomist(IranSamaneh):
    name = "iraneconomist"
    title = "iraneconomist.com"
    home = "https://iraneconomist.com"
