from crawler.families import Asam


class KhabarFoori(Asam):
    name = "khabarfoori"
    title = "خبرفوری"
    home = "https://www.khabarfoori.com"
