from crawler.families import Asam


class BazareBours(Asam):
    name = "bazarebours"
    title = "bazarebours.com"
    home = "https://bazarebours.com"
