from crawler.families import IranSamaneh


class JameJam(IranSamaneh):
    name = "jamejam"
    title = "جام‌جم آنلاین"
    home = "https://jamejamonline.ir"
    proven = ("address", "recent_sitemap", "sitemaps", "archive")
