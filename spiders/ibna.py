from crawler.families import Nastooh


class Ibna(Nastooh):
    name = "ibna"
    title = "خبرگزاری کتاب (ایبنا)"
    home = "https://www.ibna.ir"
    proven = ("feed",)
