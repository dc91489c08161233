from crawler.families import Nastooh


class Ifsm(Nastooh):
    name = "ifsm"
    title = "ifsm.ir"
    home = "https://ifsm.ir"
