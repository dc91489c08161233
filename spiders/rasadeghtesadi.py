from crawler.families import Asam


class RasadEghtesadi(Asam):
    name = "rasadeghtesadi"
    title = "rasadeghtesadi.com"
    home = "https://rasadeghtesadi.com"
