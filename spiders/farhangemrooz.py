from crawler.families import Nastooh


class FarhangEmrooz(Nastooh):
    name = "farhangemrooz"
    title = "farhangemrooz.com"
    home = "https://farhangemrooz.com"
