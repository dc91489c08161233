from crawler.families import IranSamaneh


class ShahraraNews(IranSamaneh):
    name = "shahraranews"
    title = "shahraranews.ir"
    home = "https://shahraranews.ir"
