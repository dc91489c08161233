from crawler.families import Nastooh


class Hawzah(Nastooh):
    name = "hawzah"
    title = "خبرگزاری حوزه"
    home = "https://www.hawzahnews.com"
    feeds = ("/rss/tp/1",)
    proven = ("address", "feed", "recent_sitemap", "sitemaps")
