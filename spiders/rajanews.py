from crawler.families import Generic


class RajaNews(Generic):
    """A Drupal site; its feed is one of years ago."""

    name = "rajanews"
    title = "رجانیوز"
    home = "https://www.rajanews.com"
    feeds = ("/rss/all",)
