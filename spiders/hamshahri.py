from crawler.families import Nastooh


class Hamshahri(Nastooh):
    """A block page was seen."""

    name = "hamshahri"
    title = "همشهری آنلاین"
    home = "https://www.hamshahrionline.ir"
    delay = 4.0
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
