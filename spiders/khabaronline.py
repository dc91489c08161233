from crawler.families import Nastooh


class KhabarOnline(Nastooh):
    name = "khabaronline"
    title = "خبرآنلاین"
    home = "https://www.khabaronline.ir"
    topics = "6 (seen, its name not)"
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
