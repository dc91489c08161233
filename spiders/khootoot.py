from crawler.families import IranSamaneh


class Khootoot(IranSamaneh):
    name = "khootoot"
    title = "khootoot.ir"
    home = "https://khootoot.ir"
