"""Nastooh (نستوه, "Saba Newsroom"): Shabestan, Mehr, IRNA, ISNA, Khabaronline, Hamshahri, …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dates import jalali_parts
from crawler.listing import ListingMarkup
from crawler.markup.nastooh import NASTOOH
from crawler.spider import AgencySpider

if TYPE_CHECKING:
    from datetime import date

# Side boxes and footers hold the same items: the list proper is the one with the pager, else the one with times.
_LIST = "contains(concat(' ', @class, ' '), ' list ')"


class Nastooh(AgencySpider):
    """Its archive's date is an upper bound, newest first; paging runs on into earlier days."""

    page = NASTOOH.page
    listing = ListingMarkup(
        section=(
            f"//section[{_LIST}][.//ul[contains(@class, 'pagination')]]",
            f"//section[{_LIST}][.//time]",
            "//div[contains(concat(' ', @class, ' '), ' items ')][.//li]",
            f"//section[{_LIST}]",
        ),
        item="li:has(a)",
        link=("h3 a::attr(href)", "figure a::attr(href)", "a::attr(href)"),
        date=("time::attr(title)", "time a::attr(title)", "time::text", "time a::text"),
        pager="ul.pagination a.page-link",
    )
    feeds = ("/rss",)
    recent_sitemaps = ("/sitemap/news/sitemap.xml",)
    archive_forms = ("/archive", "/page/archive.xhtml")

    def archive_path(self, form: int, number: int, first: date | None, last: date | None) -> str:  # noqa: ARG002 -- no lower bound
        """The ``number``-th page (from 1) of what was published up to a day; without one, up to now."""
        bound = ""
        if last is not None:
            year, month, day = jalali_parts(last)
            bound = f"&dy={day}&mn={month}&yr={year}"
        return f"{self.archive_forms[form]}?pi={number}&ms=0{bound}"

    def sitemap_paths(self, first: date, last: date, today: date) -> tuple[str, ...]:
        """An index for each Jalali year of the window; the current year's is «all»."""
        this_year = jalali_parts(today)[0]
        years = range(jalali_parts(last)[0], jalali_parts(first)[0] - 1, -1)
        return tuple(f"/sitemap/{'all' if year == this_year else year}/sitemap.xml" for year in years)
