from crawler.families import Asam


class Iana(Asam):
    name = "iana"
    title = "iana.ir"
    home = "https://iana.ir"
