from crawler.families import Asam


class FardaNews(Asam):
    """It came from Iran Samaneh; sources contradict each other on its feeds."""

    name = "fardanews"
    title = "فردانیوز"
    home = "https://fardanews.com"
    proven = ("archive",)
