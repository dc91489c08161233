from crawler.families import Asam


class Pana(Asam):
    """Its family is inferred from its addresses."""

    name = "pana"
    title = "خبرگزاری پانا"
    home = "https://www.pana.ir"
    feeds = ("/feeds/",)
    proven = ("address", "feed")
