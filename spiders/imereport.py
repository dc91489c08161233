from crawler.families import Nastooh


class ImeReport(Nastooh):
    name = "imereport"
    title = "imereport.ir"
    home = "https://imereport.ir"
