"""BBC Persian, own CMS (Simorgh)."""

from __future__ import annotations

from crawler.listing import ListingMarkup
from crawler.markup.bbc import BBC
from crawler.spider import AgencySpider


class Bbc(AgencySpider):
    """Its feed stands on another host; its sitemap (unproven: robots.txt names it) holds what is new."""

    page = BBC.page
    listing = ListingMarkup(
        section=("//main", "//body"),
        item="li:has(a)",
        link=("h2 a::attr(href)", "h3 a::attr(href)", "a::attr(href)"),
        date=("time::attr(datetime)",),
        pager="nav a[href*='page=']",
    )
    feeds = ("https://feeds.bbci.co.uk/persian/rss.xml",)
    recent_sitemaps = ("/persian/sitemap.xml",)
