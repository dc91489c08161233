from crawler.families import Asam


class EcoIran(Asam):
    name = "ecoiran"
    title = "ecoiran.com"
    home = "https://ecoiran.com"
