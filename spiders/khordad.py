from crawler.families import IranSamaneh


class Khordad(IranSamaneh):
    name = "khordad"
    title = "khordad.news"
    home = "https://khordad.news"
