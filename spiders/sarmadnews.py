from crawler.families import IranSamaneh


class SarmadNews(IranSamaneh):
    name = "sarmadnews"
    title = "sarmadnews.com"
    home = "https://sarmadnews.com"
