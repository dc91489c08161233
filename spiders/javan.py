from crawler.families import IranSamaneh


class Javan(IranSamaneh):
    name = "javan"
    title = "جوان آنلاین"
    home = "https://www.javanonline.ir"
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
