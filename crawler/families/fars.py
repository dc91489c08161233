"""Fars (خبرگزاری فارس), own CMS; since about 1403 its pages are made by a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dates import jalali_parts
from crawler.listing import ListingMarkup
from crawler.markup.fars import FARS
from crawler.spider import AgencySpider

if TYPE_CHECKING:
    from datetime import date


class Fars(AgencySpider):
    """Its archive lists exact days, as far as 1402; today the feed is all that is served without a browser."""

    page = FARS.page
    listing = ListingMarkup(
        section=("//ul[li[contains(concat(' ', @class, ' '), ' media ')]]", "//main", "//body"),
        item="li.media",
        link=("h3 a::attr(href)", "a::attr(href)"),
        date=("time::attr(datetime)", ".publish-time::text", "time::text"),
        pager="ul.pagination a",
    )
    feeds = ("/rss",)
    archive_forms = ("/archive",)
    archive_days = 1
    archive_from_now = False

    def archive_path(self, form: int, number: int, first: date | None, last: date | None) -> str:  # noqa: ARG002 -- one day
        """The ``number``-th page (from 1) of a day; without one, of the newest."""
        if last is None:
            return f"{self.archive_forms[form]}?p={number}"
        year, month, day = jalali_parts(last)
        return f"{self.archive_forms[form]}?cat=-1&subcat=-1&date={year}/{month}/{day}&p={number}"
