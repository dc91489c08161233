from crawler.families import Asam


class PetroTahlil(Asam):
    name = "petrotahlil"
    title = "petrotahlil.com"
    home = "https://petrotahlil.com"
