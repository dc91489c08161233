from crawler.families import IranSamaneh


class ShiaNews(IranSamaneh):
    name = "shia_news"
    title = "shia-news.com"
    home = "https://shia-news.com"
