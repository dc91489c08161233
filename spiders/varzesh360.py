from crawler.families import Asam


class Varzesh360(Asam):
    name = "varzesh360"
    title = "varzesh360.com"
    home = "https://varzesh360.com"
