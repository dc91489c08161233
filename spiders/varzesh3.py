from crawler.families import Varzesh3


class Varzesh3News(Varzesh3):
    name = "varzesh3"
    title = "ورزش سه"
    home = "https://www.varzesh3.com"
    proven = ("address", "feed")
