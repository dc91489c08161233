from crawler.families import IranSamaneh


class TejaratOnline(IranSamaneh):
    name = "tejaratonline"
    title = "tejaratonline.ir"
    home = "https://tejaratonline.ir"
