from crawler.families import Asam


class Panjere(Asam):
    name = "panjere"
    title = "panjere.news"
    home = "https://panjere.news"
