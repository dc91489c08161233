from crawler.families import Nastooh


class KarajEmrouz(Nastooh):
    name = "karajemrouz"
    title = "karajemrouz.ir"
    home = "https://karajemrouz.ir"
