from crawler.families import Asam


class Zenhar(Asam):
    name = "zenhar"
    title = "zenhar.news"
    home = "https://zenhar.news"
