from crawler.families import IranSamaneh


class MahyaNews(IranSamaneh):
    name = "mahyanews"
    title = "mahyanews.ir"
    home = "https://mahyanews.ir"
