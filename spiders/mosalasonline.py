from crawler.families import Asam


class MosalasOnline(Asam):
    name = "mosalasonline"
    title = "mosalasonline.com"
    home = "https://mosalasonline.com"
