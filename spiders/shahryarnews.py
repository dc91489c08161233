from crawler.families import Nastooh


class ShahryarNews(Nastooh):
    name = "shahryarnews"
    title = "shahryarnews.net"
    home = "https://shahryarnews.net"
