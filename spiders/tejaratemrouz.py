from crawler.families import IranSamaneh


class TejaratEmrouz(IranSamaneh):
    name = "tejaratemrouz"
    title = "tejaratemrouz.ir"
    home = "https://tejaratemrouz.ir"
