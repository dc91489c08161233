from crawler.families import Generic


class Inn(Generic):
    name = "inn"
    title = "ایران آنلاین"
    home = "https://inn.ir"
    domains = ("ion.ir",)
    addresses = (r"/news/article/(?P<code>\d+)",)
    proven = ("address",)
