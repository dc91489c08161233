from crawler.families import Generic


class Dw(Generic):
    name = "dw"
    title = "دویچه‌وله فارسی"
    home = "https://www.dw.com/fa-ir"
    addresses = (r"/fa-ir/(?:[^/]+/)?a-(?P<code>\d+)$",)
    feeds = ("https://rss.dw.com/rdf/rss-per-all",)
    proven = ("address", "feed")
