from crawler.families import IranSamaneh


class ShohadayeIran(IranSamaneh):
    name = "shohadayeiran"
    title = "shohadayeiran.com"
    home = "https://shohadayeiran.com"
