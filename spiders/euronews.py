from crawler.families import Euronews


class EuronewsPersian(Euronews):
    name = "euronews"
    title = "یورونیوز فارسی"
    home = "https://parsi.euronews.com"
    domains = ("per.euronews.com",)
    proven = ("address", "feed", "archive")
