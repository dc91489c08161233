from crawler.families import Asam


class DidgahEmrooz(Asam):
    name = "didgahemrooz"
    title = "didgahemrooz.ir"
    home = "https://didgahemrooz.ir"
