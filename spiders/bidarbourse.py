from crawler.families import Nastooh


class BidarBourse(Nastooh):
    name = "bidarbourse"
    title = "bidarbourse.com"
    home = "https://bidarbourse.com"
