from crawler.families import Nastooh


class Imna(Nastooh):
    """A block page guards its articles."""

    name = "imna"
    title = "خبرگزاری ایمنا"
    home = "https://www.imna.ir"
    delay = 4.0
    proven = ("address", "feed")
