from crawler.families import IranSamaneh


class MedNews(IranSamaneh):
    name = "mednews"
    title = "mednews.ir"
    home = "https://mednews.ir"
