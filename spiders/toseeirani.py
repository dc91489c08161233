from crawler.families import Asam


class ToseeIrani(Asam):
    name = "toseeirani"
    title = "toseeirani.ir"
    home = "https://toseeirani.ir"
