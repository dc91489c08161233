from crawler.families import IranSamaneh


class Noandish(IranSamaneh):
    name = "noandish"
    title = "noandish.com"
    home = "https://noandish.com"
