from crawler.families import Nastooh


class KanoonNews(Nastooh):
    name = "kanoonnews"
    title = "kanoonnews.ir"
    home = "https://kanoonnews.ir"
