from crawler.families import Asam


class MojNews(Asam):
    name = "mojnews"
    title = "خبرگزاری موج"
    home = "https://www.mojnews.com"
    feeds = ("/feeds/",)
    proven = ("feed",)
