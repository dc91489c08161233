"""Alef (الف), own CMS."""

from __future__ import annotations

from crawler.listing import ListingMarkup
from crawler.markup.alef import ALEF
from crawler.spider import AgencySpider


class Alef(AgencySpider):
    """Two feeds, of which neither was seen lately; ArvanCloud guards the site."""

    page = ALEF.page
    listing = ListingMarkup(
        section=("//main", "//body"),
        item="article:has(a), li:has(a)",
        link=("h2 a::attr(href)", "h3 a::attr(href)", "a::attr(href)"),
        date=("time::attr(datetime)", "time::text"),
        pager="ul.pagination a",
    )
    feeds = ("/rss/latest/all.xml", "/rss.xml")
