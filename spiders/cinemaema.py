from crawler.families import IranSamaneh


class CinemaEma(IranSamaneh):
    name = "cinemaema"
    title = "cinemaema.com"
    home = "https://cinemaema.com"
