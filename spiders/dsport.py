from crawler.families import IranSamaneh


class Dsport(IranSamaneh):
    name = "dsport"
    title = "dsport.ir"
    home = "https://dsport.ir"
