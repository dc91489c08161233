from crawler.families import IranSamaneh


class TehranPress(IranSamaneh):
    name = "tehranpress"
    title = "tehranpress.com"
    home = "https://tehranpress.com"
