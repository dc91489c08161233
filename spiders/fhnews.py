from crawler.families import IranSamaneh


class FhNews(IranSamaneh):
    name = "fhnews"
    title = "fhnews.ir"
    home = "https://fhnews.ir"
