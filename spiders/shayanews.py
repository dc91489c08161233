from crawler.families import Asam


class ShayaNews(Asam):
    name = "shayanews"
    title = "shayanews.com"
    home = "https://shayanews.com"
