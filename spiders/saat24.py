from crawler.families import Nastooh


class Saat24(Nastooh):
    name = "saat24"
    title = "saat24.news"
    home = "https://saat24.news"
