from crawler.families import Asam


class HonarOnline(Asam):
    name = "honaronline"
    title = "honaronline.ir"
    home = "https://honaronline.ir"
