from crawler.families import Asam


class Tinn(Asam):
    name = "tinn"
    title = "tinn.ir"
    home = "https://tinn.ir"
