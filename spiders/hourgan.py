from crawler.families import IranSamaneh


class Hourgan(IranSamaneh):
    name = "hourgan"
    title = "hourgan.ir"
    home = "https://hourgan.ir"
