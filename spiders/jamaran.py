from crawler.families import Asam


class Jamaran(Asam):
    """Its family is inferred from its addresses; sources contradict each other on its feeds."""

    name = "jamaran"
    title = "جماران"
    home = "https://jamaran.news"
    proven = ("address",)
