from crawler.families import Asam


class IranArt(Asam):
    name = "iranart"
    title = "iranart.news"
    home = "https://iranart.news"
