from crawler.families import IranSamaneh


class FarhangeSadid(IranSamaneh):
    name = "farhangesadid"
    title = "farhangesadid.com"
    home = "https://farhangesadid.com"
