from crawler.families import Asam


class ShomaVaEghtesad(Asam):
    name = "shomavaeghtesad"
    title = "shomavaeghtesad.com"
    home = "https://shomavaeghtesad.com"
