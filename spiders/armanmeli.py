from crawler.families import Asam


class ArmanMeli(Asam):
    name = "armanmeli"
    title = "armanmeli.ir"
    home = "https://armanmeli.ir"
