from crawler.families import IranSamaneh


class NabzNaft(IranSamaneh):
    name = "nabznaft"
    title = "nabznaft.ir"
    home = "https://nabznaft.ir"
