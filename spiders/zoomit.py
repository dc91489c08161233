from crawler.families import Generic


class Zoomit(Generic):
    name = "zoomit"
    title = "زومیت"
    home = "https://www.zoomit.ir"
    addresses = (r"(?:/[^/]+)*/(?P<code>\d+)-[^/]+/?$",)
    feeds = ("/feed/",)
    proven = ("address", "feed")
