from crawler.families import Nastooh


class Abna(Nastooh):
    """Other languages, as en.abna24.com, count their codes anew."""

    name = "abna"
    title = "خبرگزاری اهل‌بیت (ابنا)"
    home = "https://fa.abna24.com"
    proven = ("address", "recent_sitemap", "sitemaps")
