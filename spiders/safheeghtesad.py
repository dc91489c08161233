from crawler.families import Asam


class SafheEghtesad(Asam):
    name = "safheeghtesad"
    title = "safheeghtesad.ir"
    home = "https://safheeghtesad.ir"
