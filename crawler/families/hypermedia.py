"""Hypermedia (ASP.NET): Shabestan until about 1402, and sites of its kind that still stand."""

from __future__ import annotations

from crawler.listing import ListingMarkup
from crawler.markup.hypermedia import HYPERMEDIA
from crawler.spider import AgencySpider


class Hypermedia(AgencySpider):
    """A feed is all that was seen of its listings: shabestan.ir/RSS, in 1396."""

    page = HYPERMEDIA.page
    # Mehr's text edition of 1389, which is of this kind: a line an item, with its time before its link.
    listing = ListingMarkup(
        section=("//div[pre/a]", "//body"),
        item="pre:has(a), li:has(a)",
        link=("a::attr(href)",),
        date=("span[class^=ContentTime]::text", ".date::text"),
        pager="a[href*='__doPostBack'], ul.pagination a",
    )
    feeds = ("/RSS", "/rss")
