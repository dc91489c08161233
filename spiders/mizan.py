from crawler.families import IranSamaneh


class Mizan(IranSamaneh):
    name = "mizan"
    title = "خبرگزاری میزان"
    home = "https://www.mizanonline.ir"
    topics = "17 judicial, 7 human rights, 10 politics, 9 society, 11 economy, 12 culture, 13 sport, 14 world, 4 photo"
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
