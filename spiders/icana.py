from crawler.families import Nastooh


class Icana(Nastooh):
    name = "icana"
    title = "خانه ملت"
    home = "https://www.icana.ir"
    proven = ("address", "feed", "recent_sitemap", "sitemaps")
