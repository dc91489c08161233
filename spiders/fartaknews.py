from crawler.families import Asam


class FartakNews(Asam):
    name = "fartaknews"
    title = "fartaknews.com"
    home = "https://fartaknews.com"
