from crawler.families import IranSamaneh


class AyateMandegar(IranSamaneh):
    name = "ayatemandegar"
    title = "ayatemandegar.ir"
    home = "https://ayatemandegar.ir"
