from crawler.families import IranSamaneh


class GhalamNews(IranSamaneh):
    name = "ghalamnews"
    title = "ghalamnews.ir"
    home = "https://ghalamnews.ir"
