from crawler.families import Asam


class EghtesadNews(Asam):
    name = "eghtesadnews"
    title = "اقتصادنیوز"
    home = "https://www.eghtesadnews.com"
    feeds = ("/fa/rss/allnews",)
    proven = ("feed",)
