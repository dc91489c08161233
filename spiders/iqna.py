from crawler.families import IranSamaneh


class Iqna(IranSamaneh):
    name = "iqna"
    title = "خبرگزاری قرآنی (ایکنا)"
    home = "https://iqna.ir"
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
