from crawler.families import Asam


class EconaPress(Asam):
    name = "econapress"
    title = "econapress.com"
    home = "https://econapress.com"
