from crawler.families import IranSamaneh


class BankdariIrani(IranSamaneh):
    name = "bankdariirani"
    title = "bankdariirani.ir"
    home = "https://bankdariirani.ir"
