from crawler.families import Nastooh


class DonyayeKhodro(Nastooh):
    name = "donyayekhodro"
    title = "donyayekhodro.com"
    home = "https://donyayekhodro.com"
