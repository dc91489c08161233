from crawler.families import IranSamaneh


class N8Sobh(IranSamaneh):
    name = "n8sobh"
    title = "8sobh.ir"
    home = "https://8sobh.ir"
