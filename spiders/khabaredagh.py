from crawler.families import IranSamaneh


class KhabareDagh(IranSamaneh):
    name = "khabaredagh"
    title = "khabaredagh.ir"
    home = "https://khabaredagh.ir"
