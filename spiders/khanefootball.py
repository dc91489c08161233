from crawler.families import Asam


class KhaneFootball(Asam):
    name = "khanefootball"
    title = "khanefootball.com"
    home = "https://khanefootball.com"
