from crawler.families import Nastooh


class Mehr(Nastooh):
    name = "mehr"
    title = "خبرگزاری مهر"
    home = "https://www.mehrnews.com"
    domains = ("mehrnews.ir",)
    topics = "1 art, 6 society, 7 politics, 8 international, 9 sport, 25 economy, 653 markets, 82 Isfahan, 107 Tehran"
    proven = ("address", "feed", "recent_sitemap", "archive")
