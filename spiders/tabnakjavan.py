from crawler.families import IranSamaneh


class TabnakJavan(IranSamaneh):
    name = "tabnakjavan"
    title = "tabnakjavan.com"
    home = "https://tabnakjavan.com"
