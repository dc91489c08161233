from crawler.families import IranSamaneh


class VanaNews(IranSamaneh):
    name = "vananews"
    title = "vananews.com"
    home = "https://vananews.com"
