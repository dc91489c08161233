from crawler.families import IranSamaneh


class JadidPress(IranSamaneh):
    name = "jadidpress"
    title = "jadidpress.ir"
    home = "https://jadidpress.ir"
