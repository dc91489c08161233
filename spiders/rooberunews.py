from crawler.families import Asam


class RooberuNews(Asam):
    name = "rooberunews"
    title = "rooberunews.ir"
    home = "https://rooberunews.ir"
