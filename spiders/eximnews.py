from crawler.families import Nastooh


class EximNews(Nastooh):
    name = "eximnews"
    title = "eximnews.ir"
    home = "https://eximnews.ir"
