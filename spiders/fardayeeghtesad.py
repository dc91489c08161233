from crawler.families import Nastooh


class FardayeEghtesad(Nastooh):
    name = "fardayeeghtesad"
    title = "fardayeeghtesad.com"
    home = "https://fardayeeghtesad.com"
