from crawler.families import IranSamaneh


class DidarNews(IranSamaneh):
    name = "didarnews"
    title = "didarnews.ir"
    home = "https://didarnews.ir"
