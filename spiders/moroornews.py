from crawler.families import Asam


class MoroorNews(Asam):
    name = "moroornews"
    title = "moroornews.com"
    home = "https://moroornews.com"
