from crawler.families import IranSamaneh


class GoftareNo(IranSamaneh):
    name = "goftareno"
    title = "goftareno.ir"
    home = "https://goftareno.ir"
