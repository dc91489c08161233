from crawler.families import Asam


class ChabokOnline(Asam):
    name = "chabokonline"
    title = "chabokonline.com"
    home = "https://chabokonline.com"
