from crawler.families import Asam


class Gostaresh(Asam):
    name = "gostaresh"
    title = "gostaresh.news"
    home = "https://gostaresh.news"
