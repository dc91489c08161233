from crawler.families import IranSamaneh


class HakimeMehr(IranSamaneh):
    name = "hakimemehr"
    title = "hakimemehr.ir"
    home = "https://hakimemehr.ir"
