from crawler.families import IranSamaneh


class GitiOnline(IranSamaneh):
    name = "gitionline"
    title = "gitionline.ir"
    home = "https://gitionline.ir"
