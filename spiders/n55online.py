from crawler.families import Asam


class N55Online(Asam):
    name = "n55online"
    title = "55online.news"
    home = "https://55online.news"
