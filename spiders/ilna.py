from crawler.families import Asam


class Ilna(Asam):
    """Sources contradict each other on its feeds."""

    name = "ilna"
    title = "خبرگزاری کار (ایلنا)"
    home = "https://www.ilna.ir"
    domains = ("ilna.news",)
    proven = ("address", "archive")
