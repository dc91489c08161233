from crawler.families import Nastooh


class PayameKhanevadeh(Nastooh):
    name = "payamekhanevadeh"
    title = "payamekhanevadeh.ir"
    home = "https://payamekhanevadeh.ir"
