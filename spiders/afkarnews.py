from crawler.families import Asam


class AfkarNews(Asam):
    name = "afkarnews"
    title = "afkarnews.com"
    home = "https://afkarnews.com"
