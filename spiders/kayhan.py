from crawler.families import IranSamaneh


class Kayhan(IranSamaneh):
    name = "kayhan"
    title = "کیهان"
    home = "https://kayhan.ir"
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
