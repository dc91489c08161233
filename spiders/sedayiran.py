from crawler.families import IranSamaneh


class SedayIran(IranSamaneh):
    name = "sedayiran"
    title = "sedayiran.com"
    home = "https://sedayiran.com"
