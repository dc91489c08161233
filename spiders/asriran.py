from crawler.families import IranSamaneh


class AsrIran(IranSamaneh):
    name = "asriran"
    title = "عصر ایران"
    home = "https://www.asriran.com"
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
