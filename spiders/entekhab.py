from crawler.families import IranSamaneh


class Entekhab(IranSamaneh):
    name = "entekhab"
    title = "انتخاب"
    home = "https://www.entekhab.ir"
    proven = ("address", "feed", "recent_sitemap", "archive")
