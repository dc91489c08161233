from crawler.families import IranSamaneh


class N118Safar(IranSamaneh):
    name = "n118safar"
    title = "118safar.com"
    home = "https://118safar.com"
