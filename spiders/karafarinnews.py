from crawler.families import Nastooh


class KarafarinNews(Nastooh):
    name = "karafarinnews"
    title = "karafarinnews.ir"
    home = "https://karafarinnews.ir"
