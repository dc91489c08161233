from crawler.families import Generic


class IranIntl(Generic):
    name = "iranintl"
    title = "ایران اینترنشنال"
    home = "https://www.iranintl.com"
    addresses = (r"/(?P<code>20\d{10})$",)
    feeds = ("/feed",)
    recent_sitemaps = ("/sitemap-news.xml",)
    day_in_code = True
    proven = ("address", "feed", "recent_sitemap")
