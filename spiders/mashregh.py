from crawler.families import Nastooh


class Mashregh(Nastooh):
    name = "mashregh"
    title = "مشرق نیوز"
    home = "https://www.mashreghnews.ir"
    domains = ("mshrgh.ir",)
    addresses = (r"/(?P<code>\d+)/?$",)
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
