from crawler.families import IranSamaneh


class DefaPress(IranSamaneh):
    name = "defapress"
    title = "دفاع‌پرس"
    home = "https://defapress.ir"
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
