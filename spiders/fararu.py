from crawler.families import IranSamaneh


class Fararu(IranSamaneh):
    name = "fararu"
    title = "فرارو"
    home = "https://fararu.com"
    proven = ("address", "feed", "archive")
