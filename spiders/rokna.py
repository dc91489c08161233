from crawler.families import Asam


class Rokna(Asam):
    name = "rokna"
    title = "رکنا"
    home = "https://www.rokna.net"
    feeds = ("/feed/",)
    proven = ("feed", "archive")
