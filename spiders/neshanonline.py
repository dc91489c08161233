from crawler.families import Asam


class NeshanOnline(Asam):
    name = "neshanonline"
    title = "neshanonline.com"
    home = "https://neshanonline.com"
