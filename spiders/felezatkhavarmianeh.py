from crawler.families import IranSamaneh


class FelezatKhavarmianeh(IranSamaneh):
    name = "felezatkhavarmianeh"
    title = "felezatkhavarmianeh.ir"
    home = "https://felezatkhavarmianeh.ir"
