from crawler.families import IranSamaneh


class Rasa(IranSamaneh):
    name = "rasa"
    title = "خبرگزاری رسا"
    home = "https://rasanews.ir"
    feeds = ("/fa/rss/5",)
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
