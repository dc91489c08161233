from crawler.families import IranSamaneh


class KhodroKaar(IranSamaneh):
    name = "khodrokaar"
    title = "khodrokaar.ir"
    home = "https://khodrokaar.ir"
