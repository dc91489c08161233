from crawler.families import Nastooh


class Behzisti(Nastooh):
    name = "behzisti"
    title = "behzisti.ir"
    home = "https://behzisti.ir"
