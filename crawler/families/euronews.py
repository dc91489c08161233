"""Euronews Persian, own CMS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.listing import ListingMarkup
from crawler.markup.euronews import EURONEWS
from crawler.spider import AgencySpider

if TYPE_CHECKING:
    from datetime import date


class Euronews(AgencySpider):
    """Its archive lists exact days of the Gregorian calendar, on Europe's clock; how it pages is unproven."""

    page = EURONEWS.page
    listing = ListingMarkup(
        section=("//main", "//body"),
        item="article:has(a)",
        link=("a.m-object__title__link::attr(href)", "h3 a::attr(href)", "h2 a::attr(href)", "a::attr(href)"),
        date=("time::attr(datetime)",),
        pager="nav.c-paginator a, ul.pagination a, a.c-paginator__next",
    )
    feeds = ("/rss",)
    recent_sitemaps = ("/sitemaps/fa/latest-news.xml",)  # as the other editions have it: unproven
    archive_forms = ("day",)
    archive_days = 1
    archive_from_now = False

    def archive_path(self, form: int, number: int, first: date | None, last: date | None) -> str:  # noqa: ARG002 -- one day
        """The ``number``-th page (from 1) of a day; without one, of today."""
        return f"/{last or self.today:%Y/%m/%d}" + (f"?p={number}" if number > 1 else "")
