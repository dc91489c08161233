from crawler.families import Nastooh


class IscaNews(Nastooh):
    name = "iscanews"
    title = "ایسکانیوز"
    home = "https://iscanews.ir"
