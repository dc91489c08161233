from crawler.families import Asam


class PishgamFanavari(Asam):
    name = "pishgamfanavari"
    title = "pishgamfanavari.ir"
    home = "https://pishgamfanavari.ir"
