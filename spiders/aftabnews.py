from crawler.families import IranSamaneh


class AftabNews(IranSamaneh):
    name = "aftabnews"
    title = "آفتاب‌نیوز"
    home = "https://aftabnews.ir"
    proven = ("feed", "archive")
