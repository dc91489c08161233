from crawler.families import IranSamaneh


class KhabarKhodro(IranSamaneh):
    name = "khabarkhodro"
    title = "khabarkhodro.com"
    home = "https://khabarkhodro.com"
