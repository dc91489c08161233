from crawler.families import Generic


class Taghrib(Generic):
    """No source names its address, family or feeds: this home is unproven, too."""

    name = "taghrib"
    title = "خبرگزاری تقریب"
    home = "https://www.taghribnews.com"
