from crawler.families import Asam


class N7Sobh(Asam):
    name = "n7sobh"
    title = "7sobh.com"
    home = "https://7sobh.com"
