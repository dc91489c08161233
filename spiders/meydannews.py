from crawler.families import IranSamaneh


class MeydanNews(IranSamaneh):
    name = "meydannews"
    title = "meydannews.com"
    home = "https://meydannews.com"
