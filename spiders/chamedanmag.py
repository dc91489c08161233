from crawler.families import Nastooh


class ChamedanMag(Nastooh):
    name = "chamedanmag"
    title = "chamedanmag.com"
    home = "https://chamedanmag.com"
