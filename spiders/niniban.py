from crawler.families import IranSamaneh


class Niniban(IranSamaneh):
    name = "niniban"
    title = "niniban.com"
    home = "https://niniban.com"
