from crawler.families import Nastooh


class AhanNews(Nastooh):
    name = "ahan_news"
    title = "ahan-news.com"
    home = "https://ahan-news.com"
