from crawler.families import Generic


class NourNews(Generic):
    name = "nournews"
    title = "نورنیوز"
    home = "https://nournews.ir"
    addresses = (r"/fa/news/(?P<code>\d+)(?:/[^/]*)?/?$",)
    feeds = ("/fa/rss",)
    proven = ("address", "sitemaps")
