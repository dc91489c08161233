"""Asam (آسام, aasaam): ILNA, Donya-e-Eqtesad, Shargh, Etemad, Rokna, …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dates import jalali_parts
from crawler.listing import ListingMarkup
from crawler.markup.asam import ASAM
from crawler.spider import AgencySpider

if TYPE_CHECKING:
    from datetime import date


class Asam(AgencySpider):
    """Its archive is a search with a range of Jalali days, newest first; its items are undated in many themes.

    The fields of the range were seen at Shargh and in the search form of one theme; that both days are inclusive, and
    that all sites of the family understand them, is unproven. There are no sitemaps that we know of.
    """

    page = ASAM.page
    listing = ListingMarkup(
        section=(
            "//ul[@id='archive-page-news']",
            "//section[contains(@class, 'archive_section')]",
            "//ul[contains(@class, 'archive-n-land')]",
            "//*[self::section or self::div][.//footer[starts-with(@class, 'archive')]][not(.//main)]",
            "//main",
            "//body",
        ),
        item="li:has(a), article:has(a)",
        link=("h2 a::attr(href)", "h3 a::attr(href)", ".title a::attr(href)", "a::attr(href)"),
        date=("time::attr(datetime)", "time::text", ".news_time::text, .news-time::text, .date::text"),
        pager="footer.archive_next_page a, footer.archive-next-page a, a[href*='curp='], a[href*='page=']",
    )
    home_names_feeds = True  # /feeds/, /fa/rss/allnews, /rss: every site its own
    archive_forms = ("/newsstudios/archive/", "/fa/newsstudios/archive/")

    def archive_path(self, form: int, number: int, first: date | None, last: date | None) -> str:
        """The ``number``-th page (from 1) of what was published in a range; without a first day, of everything."""
        # Some themes count pages in «curp», others in «page» beside a «curp» that stands still: both are told.
        path = f"{self.archive_forms[form]}?curp={number}&page={number}&order=publish_time"
        if first is None:
            return path
        return path + _day("start", first) + _day("end", last or self.today)


def _day(end: str, day: date) -> str:
    year, month, day_of_month = jalali_parts(day)
    named = {"day": f"{day_of_month:02}", "month": f"{month:02}", "year": str(year)}
    return "".join(f"&dateRange%5B{end}%5D%5B{part}%5D={value}" for part, value in named.items())
