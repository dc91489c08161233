from crawler.families import IranSamaneh


class Mokhatab24(IranSamaneh):
    name = "mokhatab24"
    title = "mokhatab24.ir"
    home = "https://mokhatab24.ir"
