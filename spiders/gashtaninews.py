from crawler.families import Asam


class GashtaniNews(Asam):
    name = "gashtaninews"
    title = "gashtaninews.com"
    home = "https://gashtaninews.com"
