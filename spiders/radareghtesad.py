from crawler.families import Nastooh


class RadarEghtesad(Nastooh):
    name = "radareghtesad"
    title = "radareghtesad.ir"
    home = "https://radareghtesad.ir"
