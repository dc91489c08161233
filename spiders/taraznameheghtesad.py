from crawler.families import Asam


class TaraznamehEghtesad(Asam):
    name = "taraznameheghtesad"
    title = "taraznameheghtesad.ir"
    home = "https://taraznameheghtesad.ir"
