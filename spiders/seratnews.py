from crawler.families import IranSamaneh


class SeratNews(IranSamaneh):
    name = "seratnews"
    title = "seratnews.com"
    home = "https://seratnews.com"
