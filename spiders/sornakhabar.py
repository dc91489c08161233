from crawler.families import Asam


class SornaKhabar(Asam):
    name = "sornakhabar"
    title = "sornakhabar.com"
    home = "https://sornakhabar.com"
