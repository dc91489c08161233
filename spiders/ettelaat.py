from crawler.families import Nastooh


class Ettelaat(Nastooh):
    name = "ettelaat"
    title = "روزنامه اطلاعات"
    home = "https://www.ettelaat.com"
    proven = ("address", "recent_sitemap", "sitemaps", "archive")
