from crawler.families import NewsStudio


class JahanNews(NewsStudio):
    """Its feed was seen years ago."""

    name = "jahannews"
    title = "جهان‌نیوز"
    home = "https://www.jahannews.com"
