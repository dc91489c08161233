"""Days, weeks and months of either calendar: a window cut into them, and what each is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from crawler.dates import from_jalali, jalali, jalali_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

By = Literal["day", "week", "month"]
Calendar = Literal["jalali", "gregorian"]

ONE_DAY: Final = timedelta(days=1)
FROM_SATURDAY: Final = 2  # Python counts weekdays from Monday, Iran's week begins two days earlier
FIRST_DAY: Final = date(1921, 3, 21)  # 1300-01-01: no news is older
LAST_DAY: Final = date(2121, 3, 20)  # 1499-12-29
MONTH_LETTERS: Final = len("1399-09")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A day, a week or a month, as much of it as lies in the window: both days included."""

    name: str
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + ONE_DAY * count for count in range((self.last - self.first).days + 1)]


def cut(first: date, last: date, by: By, calendar: Calendar) -> Iterator[Span]:
    """Cut a window into the periods that it touches, the earliest first; a week begins on Saturday.

    >>> [span.name for span in cut(date(2020, 12, 18), date(2020, 12, 21), "month", "jalali")]
    ['1399-09', '1399-10']
    >>> [span.name for span in cut(date(2020, 12, 18), date(2020, 12, 21), "week", "gregorian")]
    ['2020-12-12', '2020-12-19']
    """
    window = Span(name="", first=max(first, FIRST_DAY), last=min(last, LAST_DAY))
    for begin, days in groupby(window.days, lambda day: _begin(day, by, calendar)):
        inside = list(days)
        yield Span(name=_name(begin, by, calendar), first=inside[0], last=inside[-1])


def _begin(day: date, by: By, calendar: Calendar) -> date:
    if by == "day":
        return day
    if by == "week":
        return day - ONE_DAY * ((day.weekday() + FROM_SATURDAY) % 7)
    return day.replace(day=1) if calendar == "gregorian" else from_jalali(*jalali_parts(day)[:2], 1)


def _name(begin: date, by: By, calendar: Calendar) -> str:
    written = jalali(begin) if calendar == "jalali" else begin.isoformat()
    return written[:MONTH_LETTERS] if by == "month" else written
