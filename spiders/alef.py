from crawler.families import Alef


class AlefNews(Alef):
    """A block page guards its articles."""

    name = "alef"
    title = "الف"
    home = "https://www.alef.ir"
    delay = 4.0
