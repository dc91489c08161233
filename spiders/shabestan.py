from crawler.families import Nastooh


class Shabestan(Nastooh):
    """Codes of the old site live on: /detail/News/1001756 became /news/1001756."""

    name = "shabestan"
    title = "خبرگزاری شبستان"
    home = "https://shabestan.news"
    domains = ("shabestan.ir",)
    addresses = (r"/detail/(?:News|Photo)/(?P<code>\d+)",)
    proven = ("address",)
