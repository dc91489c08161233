from crawler.families import Asam


class HonarMrooz(Asam):
    name = "honarmrooz"
    title = "honarmrooz.com"
    home = "https://honarmrooz.com"
