from crawler.families import Asam


class ShomaNews(Asam):
    name = "shomanews"
    title = "shomanews.com"
    home = "https://shomanews.com"
