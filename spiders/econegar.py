from crawler.families import Asam


class Econegar(Asam):
    name = "econegar"
    title = "econegar.com"
    home = "https://econegar.com"
