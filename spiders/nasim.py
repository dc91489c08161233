from crawler.families import Asam


class Nasim(Asam):
    name = "nasim"
    title = "nasim.news"
    home = "https://nasim.news"
