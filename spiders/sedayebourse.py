from crawler.families import Nastooh


class SedayeBourse(Nastooh):
    name = "sedayebourse"
    title = "sedayebourse.ir"
    home = "https://sedayebourse.ir"
