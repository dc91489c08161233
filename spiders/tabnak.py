from crawler.families import IranSamaneh


class Tabnak(IranSamaneh):
    """Its province sites (tabnak….ir) are sites of their own."""

    name = "tabnak"
    title = "تابناک"
    home = "https://www.tabnak.ir"
    topics = "24 politics"
    proven = ("address", "feed", "recent_sitemap", "archive")
