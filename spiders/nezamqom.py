from crawler.families import Nastooh


class NezamQom(Nastooh):
    name = "nezamqom"
    title = "nezamqom.ir"
    home = "https://nezamqom.ir"
