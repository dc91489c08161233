"""Days as people write them in a query: a day, a month or a year of either calendar, or from one to another."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from bayegan.querying.tree import Days
from crawler.calendars import calendar_of, gregorian_day
from crawler.dates import TEHRAN, read_day, utc_text
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

YEAR: Final = re.compile(r"\d{4}")
MONTH: Final = re.compile(r"(\d{4}) ?[-/.] ?(\d{1,2})")
TO: Final = ".."
DECEMBER: Final = 12
ONE_DAY: Final = timedelta(days=1)
FIRST_DAY: Final = date(1600, 1, 1)  # what lies before it or after the last is no bound at all
LAST_DAY: Final = date(9000, 1, 1)


def read_days(field: str, written: str) -> Days:
    """Read the value of ``from:``, ``to:``, ``on:`` or ``date:``; raises UnreadableDateError, ValueError.

    >>> read_days("on", "۱۳۹۹-۰۹")
    Days(first=datetime.date(2020, 11, 21), last=datetime.date(2020, 12, 20))
    >>> read_days("date", "2020-12-07..") == read_days("from", "1399/9/17")
    True
    """
    first, to, last = fold(written).partition(TO)
    if not to:
        return READ[field](first)
    days = Days(_first(first) if first else None, _last(last) if last else None)
    if days == Days(None, None):
        raise ValueError("a day is missing")
    if days.first and days.last and days.first > days.last:
        raise ValueError("it ends before it begins")
    return days


def bounds(first: date | None, last: date | None) -> dict[str, str]:
    """Say of days which moments they are, as the archive writes these: ``since`` and, no more among them, ``until``.

    >>> bounds(date(2020, 12, 7), None)
    {'since': '2020-12-06T20:30:00Z'}
    """
    moments = {
        "since": _midnight(max(first, FIRST_DAY)) if first else None,
        "until": _midnight(max(last + ONE_DAY, FIRST_DAY)) if last and last < LAST_DAY else None,
    }
    return {name: moment for name, moment in moments.items() if moment is not None}


def _midnight(day: date) -> str:
    return utc_text(datetime.combine(day, time.min, TEHRAN))


def _first(written: str) -> date:
    if YEAR.fullmatch(written):
        return _month(int(written), 1)
    if found := MONTH.fullmatch(written):
        return _month(int(found[1]), int(found[2]))
    return read_day(written)


def _last(written: str) -> date:
    if YEAR.fullmatch(written):
        return _month(int(written) + 1, 1) - ONE_DAY
    if found := MONTH.fullmatch(written):
        year, month = int(found[1]), int(found[2])
        _month(year, month)  # a thirteenth is refused
        return (_month(year + 1, 1) if month == DECEMBER else _month(year, month + 1)) - ONE_DAY
    return read_day(written)


def _month(year: int, month: int) -> date:
    return gregorian_day(calendar_of(year), year, month, 1)


def _on(written: str) -> Days:
    return Days(_first(written), _last(written))


READ: Final[dict[str, Callable[[str], Days]]] = {
    "from": lambda written: Days(_first(written), None),
    "to": lambda written: Days(None, _last(written)),
    "on": _on,
    "date": _on,
}
