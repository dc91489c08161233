from crawler.families import Nastooh


class Tahririeh(Nastooh):
    name = "tahririeh"
    title = "tahririeh.com"
    home = "https://tahririeh.com"
