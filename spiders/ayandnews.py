from crawler.families import Asam


class AyandNews(Asam):
    name = "ayandnews"
    title = "ayandnews.com"
    home = "https://ayandnews.com"
