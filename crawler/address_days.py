"""The days that addresses name, in either calendar: of an article, of a sitemap."""

from __future__ import annotations

import re
from datetime import date, timedelta

from crawler.dates import from_jalali
from crawler.errors import UnreadableDateError

_DAY = re.compile(r"(?<!\d)(1[34]\d\d|20\d\d)(?:([-/_])(\d{1,2})\2(\d{1,2})|(\d\d)(\d\d))(?!\d)")
# A month or a year is a folder: as part of a name it may be a mere count of files.
_MONTH = re.compile(r"/(1[34]\d\d|20\d\d)/(?:(\d{1,2})/)?")
_JALALI_UNTIL = 1700
_MONTHS = 12


def day_in_path(path: str) -> date | None:
    """The day that an address names.

    >>> day_in_path("https://x.ir/sitemap/1399/09/17/sitemap.xml")
    datetime.date(2020, 12, 7)
    """
    if not (found := _DAY.search(path)):
        return None
    year, _, *parted = found.groups()
    month, day = (int(part) for part in parted if part)
    return _day(int(year), month, day)


def period_in_path(path: str) -> tuple[date, date] | None:
    """(first, last) day of the month or year that a folder names.

    >>> period_in_path("https://x.ir/fa/1399/9/fa_1399_9_sitemap.xml")
    (datetime.date(2020, 11, 21), datetime.date(2020, 12, 20))
    """
    if not (found := _MONTH.search(path)):
        return None
    year, month = int(found[1]), int(found[2] or 0)
    first = _day(year, month or 1, 1)
    after = _day(year, month + 1, 1) if 0 < month < _MONTHS else _day(year + 1, 1, 1)
    return (first, after - timedelta(days=1)) if first and after else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return from_jalali(year, month, day) if year < _JALALI_UNTIL else date(year, month, day)
    except (UnreadableDateError, ValueError):
        return None
