from crawler.families import Asam


class KhodroTak(Asam):
    name = "khodrotak"
    title = "khodrotak.com"
    home = "https://khodrotak.com"
