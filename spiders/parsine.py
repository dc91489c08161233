from crawler.families import IranSamaneh


class Parsine(IranSamaneh):
    name = "parsine"
    title = "parsine.com"
    home = "https://parsine.com"
