from crawler.families import Asam


class Shargh(Asam):
    """Sources contradict each other on its feeds."""

    name = "shargh"
    title = "روزنامه شرق"
    home = "https://sharghdaily.com"
    proven = ("archive",)
