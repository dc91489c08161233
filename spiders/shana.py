from crawler.families import Nastooh


class Shana(Nastooh):
    """A block page guards its articles."""

    name = "shana"
    title = "خبرگزاری شانا"
    home = "https://www.shana.ir"
    delay = 4.0
    proven = ("address", "feed", "recent_sitemap", "sitemaps")
