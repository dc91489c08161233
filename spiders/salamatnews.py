from crawler.families import Nastooh


class SalamatNews(Nastooh):
    name = "salamatnews"
    title = "salamatnews.com"
    home = "https://salamatnews.com"
