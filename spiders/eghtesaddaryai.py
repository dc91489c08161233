from crawler.families import IranSamaneh


class EghtesadDaryai(IranSamaneh):
    name = "eghtesaddaryai"
    title = "eghtesaddaryai.ir"
    home = "https://eghtesaddaryai.ir"
