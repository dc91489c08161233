from crawler.families import IranSamaneh


class Irdc(IranSamaneh):
    name = "irdc"
    title = "irdc.ir"
    home = "https://irdc.ir"
