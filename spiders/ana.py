from crawler.families import IranSamaneh


class Ana(IranSamaneh):
    name = "ana"
    title = "خبرگزاری آنا"
    home = "https://ana.ir"
    domains = ("ana.press",)
    proven = ("feed", "recent_sitemap", "archive")
