from crawler.families import Nastooh


class Mefda(Nastooh):
    name = "mefda"
    title = "mefda.ir"
    home = "https://mefda.ir"
