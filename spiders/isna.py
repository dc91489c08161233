from crawler.families import Nastooh


class Isna(Nastooh):
    """A theme of its own; a code begins with its Jalali day."""

    name = "isna"
    title = "خبرگزاری دانشجویان ایران (ایسنا)"
    home = "https://www.isna.ir"
    day_in_code = True
    topics = "24 sport"
    proven = ("address", "feed", "archive")
