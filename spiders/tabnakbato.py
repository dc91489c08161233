from crawler.families import IranSamaneh


class TabnakBato(IranSamaneh):
    name = "tabnakbato"
    title = "tabnakbato.ir"
    home = "https://tabnakbato.ir"
