from crawler.families import IranSamaneh


class BarghNews(IranSamaneh):
    name = "barghnews"
    title = "barghnews.com"
    home = "https://barghnews.com"
