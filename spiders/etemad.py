from crawler.families import Asam


class Etemad(Asam):
    name = "etemad"
    title = "اعتماد آنلاین"
    home = "https://www.etemadonline.com"
    feeds = ("/feeds/",)
    proven = ("address", "feed", "archive")
