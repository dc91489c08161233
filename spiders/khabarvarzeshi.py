from crawler.families import Nastooh


class KhabarVarzeshi(Nastooh):
    name = "khabarvarzeshi"
    title = "خبرورزشی"
    home = "https://www.khabarvarzeshi.com"
    proven = ("feed", "sitemaps")
