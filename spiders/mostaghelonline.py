from crawler.families import Asam


class MostaghelOnline(Asam):
    name = "mostaghelonline"
    title = "mostaghelonline.com"
    home = "https://mostaghelonline.com"
