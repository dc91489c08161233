from crawler.families import IranSamaneh


class AsrPress(IranSamaneh):
    name = "asrpress"
    title = "asrpress.ir"
    home = "https://asrpress.ir"
