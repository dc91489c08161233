from crawler.families import Nastooh


class Quds(Nastooh):
    name = "quds"
    title = "قدس آنلاین"
    home = "https://www.qudsonline.ir"
    proven = ("address", "recent_sitemap", "sitemaps")
