from crawler.families import IranSamaneh


class BazarNews(IranSamaneh):
    name = "bazarnews"
    title = "bazarnews.ir"
    home = "https://bazarnews.ir"
