from crawler.families import Nastooh


class Irna(Nastooh):
    """A block page guards its articles, not its sitemaps; an address without slug is refused."""

    name = "irna"
    title = "خبرگزاری جمهوری اسلامی (ایرنا)"
    home = "https://www.irna.ir"
    delay = 4.0
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
