from crawler.families import Bbc


class BbcPersian(Bbc):
    name = "bbcpersian"
    title = "بی‌بی‌سی فارسی"
    home = "https://www.bbc.com/persian"
    domains = ("bbc.co.uk/persian",)
    proven = ("address", "feed")
