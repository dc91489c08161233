from crawler.families import Asam


class WikiGardi(Asam):
    name = "wikigardi"
    title = "wikigardi.ir"
    home = "https://wikigardi.ir"
