from crawler.families import IranSamaneh


class AvayeKhazar(IranSamaneh):
    name = "avayekhazar"
    title = "avayekhazar.ir"
    home = "https://avayekhazar.ir"
