from crawler.families import IranSamaneh


class Tik(IranSamaneh):
    name = "tik"
    title = "tik.ir"
    home = "https://tik.ir"
