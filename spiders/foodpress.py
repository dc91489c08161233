from crawler.families import Nastooh


class FoodPress(Nastooh):
    name = "foodpress"
    title = "foodpress.ir"
    home = "https://foodpress.ir"
