from crawler.families import Nastooh


class CinemaPress(Nastooh):
    name = "cinemapress"
    title = "cinemapress.ir"
    home = "https://cinemapress.ir"
