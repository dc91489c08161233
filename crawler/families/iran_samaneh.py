"""Iran Samaneh (ایران سامانه): Tabnak, Asr-e Iran, YJC, Mizan, IQNA, SNN, IRIB News, Kayhan, …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.dates import jalali_parts
from crawler.listing import ListingMarkup
from crawler.markup.iran_samaneh import IRAN_SAMANEH
from crawler.spider import AgencySpider

if TYPE_CHECKING:
    from datetime import date

_ARTICLE = "a[href*='/fa/news/'], a[href*='/fa/photos/']"


def _box(name: str) -> str:
    return f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"


class IranSamaneh(AgencySpider):
    """Its archive is a true range of Jalali days, both inclusive, newest first.

    Most themes list links without dates, each article up to four times. So the archive is asked day by day: what it
    lists of a day is of that day. An agency whose items are dated may ask for longer ranges (``archive_days``).
    """

    page = IRAN_SAMANEH.page
    listing = ListingMarkup(
        section=(
            _box("archive_content"),
            _box("news_archive_container"),
            f"{_box('inner-content')}[.//a[contains(@href, '/fa/news/')]]",
            f"{_box('linear_news')}/..",
        ),
        item=_ARTICLE,
        link=("a::attr(href)",),
        date=(),
        pager=_ARTICLE,  # the pager differs from theme to theme: only a page without items is beyond the last
    )
    feeds = ("/fa/rss/allnews",)
    recent_sitemaps = ("/fa-sitemap-news",)
    archive_forms = ("/fa/archive",)
    archive_days = 1
    archive_from_now = False

    def archive_path(self, form: int, number: int, first: date | None, last: date | None) -> str:
        """The ``number``-th page (from 1) of what was published in a range; without one, of what is newest."""
        path = f"{self.archive_forms[form]}?service_id=-1&sec_id=-1&cat_id=-1&rpp=100"
        if last is None:
            return f"{path}&p={number}"
        return f"{path}&from_date={_day(first or last)}&to_date={_day(last)}&p={number}"

    def sitemap_paths(self, first: date, last: date, today: date) -> tuple[str, ...]:  # noqa: ARG002 -- one index
        """The index of all months."""
        return ("/fa-sitemap-newsarchive",)


def _day(day: date) -> str:
    year, month, of_month = jalali_parts(day)
    return f"{year}/{month:02}/{of_month:02}"
