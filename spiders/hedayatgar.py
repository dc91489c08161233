from crawler.families import IranSamaneh


class Hedayatgar(IranSamaneh):
    name = "hedayatgar"
    title = "hedayatgar.ir"
    home = "https://hedayatgar.ir"
