from crawler.families import Asam


class Faradeed(Asam):
    name = "faradeed"
    title = "faradeed.ir"
    home = "https://faradeed.ir"
