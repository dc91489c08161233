from crawler.families import IranSamaneh


class AvayeRodkof(IranSamaneh):
    name = "avayerodkof"
    title = "avayerodkof.ir"
    home = "https://avayerodkof.ir"
