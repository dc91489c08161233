from crawler.families import IranSamaneh


class BultanNews(IranSamaneh):
    name = "bultannews"
    title = "bultannews.com"
    home = "https://bultannews.com"
