from crawler.families import Nastooh


class SahebKhabar(Nastooh):
    name = "sahebkhabar"
    title = "sahebkhabar.ir"
    home = "https://sahebkhabar.ir"
