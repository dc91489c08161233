from crawler.families import IranSamaneh


class TehranBehesht(IranSamaneh):
    name = "tehranbehesht"
    title = "tehranbehesht.news"
    home = "https://tehranbehesht.news"
