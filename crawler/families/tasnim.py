"""Tasnim's own CMS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dates import jalali_parts
from crawler.listing import ListingMarkup
from crawler.markup.tasnim import TASNIM
from crawler.spider import AgencySpider

if TYPE_CHECKING:
    from datetime import date

_ITEMS = "article.list-item"


class Tasnim(AgencySpider):
    """Its archive lists exact days; an item's day is the one in its address, its feed names short links alone."""

    page = TASNIM.page
    listing = ListingMarkup(
        section=(
            "//section[contains(@class, 'archive-result')]",
            "//section[contains(@class, 'news-container')][.//article[contains(@class, 'list-item')]]",
            "//body",
        ),
        item=_ITEMS,
        link=("h2 a::attr(href)", "a::attr(href)"),
        date=(),
        pager=_ITEMS,  # what its pager looks like is not known: a page with items may be followed by another
    )
    feeds = ("/fa/rss/feed/0/7",)
    archive_forms = ("/fa/archive",)
    archive_days = 1
    archive_from_now = False

    def archive_path(self, form: int, number: int, first: date | None, last: date | None) -> str:  # noqa: ARG002 -- one day
        """The ``number``-th page (from 1) of a Jalali day; without one, of what is newest."""
        path = f"{self.archive_forms[form]}?sub=-1&service=-1&page={number}"
        if last is None:
            return path
        year, month, day = jalali_parts(last)
        return f"{path}&date={year}%2F{month}%2F{day}"

    def sitemap_paths(self, first: date, last: date, today: date) -> tuple[str, ...]:  # noqa: ARG002 -- one index
        """The index of years, which leads to months, and they to (Gregorian) days."""
        return ("/fa/fa_sitemap.xml",)
