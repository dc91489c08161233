from crawler.families import Asam


class DonyayeMadan(Asam):
    name = "donyayemadan"
    title = "donyayemadan.com"
    home = "https://donyayemadan.com"
