from crawler.families import IranSamaneh


class MarineNews(IranSamaneh):
    name = "marinenews"
    title = "marinenews.ir"
    home = "https://marinenews.ir"
