from crawler.families import Fars


class FarsNews(Fars):
    """An application of JavaScript since 2024: its older pages are what can be read."""

    name = "fars"
    title = "خبرگزاری فارس"
    home = "https://farsnews.ir"
    domains = ("farsnews.com",)
    day_in_code = True
    proven = ("address", "feed")
