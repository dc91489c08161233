from crawler.families import IranSamaneh


class Titre20(IranSamaneh):
    name = "titre20"
    title = "titre20.ir"
    home = "https://titre20.ir"
