from crawler.families import Asam


class BaEghtesad(Asam):
    name = "baeghtesad"
    title = "baeghtesad.com"
    home = "https://baeghtesad.com"
