from crawler.families import Asam


class SmtNews(Asam):
    name = "smtnews"
    title = "smtnews.ir"
    home = "https://smtnews.ir"
