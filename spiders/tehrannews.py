from crawler.families import Nastooh


class TehranNews(Nastooh):
    name = "tehrannews"
    title = "tehrannews.ir"
    home = "https://tehrannews.ir"
