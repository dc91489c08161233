from crawler.families import IranSamaneh


class Snn(IranSamaneh):
    name = "snn"
    title = "خبرگزاری دانشجو"
    home = "https://snn.ir"
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
