from crawler.families import IranSamaneh


class BourseNews(IranSamaneh):
    name = "boursenews"
    title = "بورس‌نیوز"
    home = "https://www.boursenews.ir"
    proven = ("feed", "archive")
