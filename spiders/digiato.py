from crawler.families import Generic


class Digiato(Generic):
    name = "digiato"
    title = "دیجیاتو"
    home = "https://digiato.com"
    feeds = ("/feed",)
    proven = ("feed",)
