from crawler.families import IranSamaneh


class Borna(IranSamaneh):
    name = "borna"
    title = "خبرگزاری برنا"
    home = "https://www.borna.news"
    proven = ("recent_sitemap", "archive")
