from crawler.families import Nastooh


class SalameNo(Nastooh):
    name = "salameno"
    title = "salameno.com"
    home = "https://salameno.com"
