from crawler.families import Nastooh


class AtiyeOnline(Nastooh):
    name = "atiyeonline"
    title = "atiyeonline.ir"
    home = "https://atiyeonline.ir"
