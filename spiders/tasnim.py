from crawler.families import Tasnim


class TasnimNews(Tasnim):
    name = "tasnim"
    title = "خبرگزاری تسنیم"
    home = "https://www.tasnimnews.com"
    domains = ("tasnimnews.ir", "tasnimnews.org", "tn.ai")
    addresses = (r"/(?P<code>\d+)/?$",)
    topics = "1 politics, 2 society, 3 sport, 4 culture, 6 provinces, 7 economy, 8 world, 9 media, 84 stock market"
    proven = ("address", "feed", "sitemaps", "archive")
