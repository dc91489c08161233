from crawler.families import Asam


class Tapesh3(Asam):
    name = "tapesh3"
    title = "tapesh3.com"
    home = "https://tapesh3.com"
