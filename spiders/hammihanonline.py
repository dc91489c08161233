from crawler.families import Asam


class HamMihanOnline(Asam):
    name = "hammihanonline"
    title = "hammihanonline.ir"
    home = "https://hammihanonline.ir"
