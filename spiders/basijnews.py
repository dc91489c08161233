from crawler.families import IranSamaneh


class BasijNews(IranSamaneh):
    name = "basijnews"
    title = "بسیج‌نیوز"
    home = "https://basijnews.ir"
    proven = ("address", "recent_sitemap", "sitemaps", "archive")
