from crawler.families import IranSamaneh


class IribNews(IranSamaneh):
    """Its sitemaps were seen on its other host alone."""

    name = "iribnews"
    title = "خبرگزاری صداوسیما"
    home = "https://www.iribnews.ir"
    domains = ("irib-news.ir",)
    recent_sitemaps = ("https://www.irib-news.ir/fa-sitemap-news",)
    proven = ("address", "feed", "recent_sitemap", "sitemaps", "archive")
