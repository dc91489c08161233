from crawler.families import Asam


class KeshavarzPlus(Asam):
    name = "keshavarzplus"
    title = "keshavarzplus.com"
    home = "https://keshavarzplus.com"
