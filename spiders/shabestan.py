from crawler.families import Nastooh


class Shabestan(Nastooh):
    name = "shabestan"
    title = "خبرگزاری شبستان"
    home = "https://shabestan.news"
    domains = ("shabestan.ir",)
    addresses = (r"/detail/(?:News|Photo)/(?P<code>\d+)",)
