from crawler.families import Asam


class ArshehOnline(Asam):
    name = "arshehonline"
    title = "arshehonline.com"
    home = "https://arshehonline.com"
