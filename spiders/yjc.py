from crawler.families import IranSamaneh


class Yjc(IranSamaneh):
    name = "yjc"
    title = "باشگاه خبرنگاران جوان"
    home = "https://www.yjc.ir"
    domains = ("yjc.news",)
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
