from crawler.families import IranSamaneh


class FekrShahr(IranSamaneh):
    name = "fekrshahr"
    title = "fekrshahr.ir"
    home = "https://fekrshahr.ir"
