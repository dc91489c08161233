"""What kind of day it is in Iran: less is published on Thursdays and Fridays, little while offices are closed."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from hijridate import Gregorian

from crawler.calendars import jalali_day

Kind = Literal["working day", "weekend", "holiday"]

THURSDAY, FRIDAY = 3, 4
NOWRUZ: Final = frozenset((1, day) for day in range(1, 14))  # 1 to 13 Farvardin
# Closed by law, as (month, day): the revolution, oil, and the two days of Khordad.
JALALI: Final = NOWRUZ | {(11, 22), (12, 29), (12, 30), (3, 14), (3, 15)}
# Tasua and Ashura, Arbaeen, the ends of Safar, Rabi I, Fatima, Rajab, Sha'ban, Ramadan, both feasts, Sadeq, Ghadir.
HIJRI: Final = frozenset(
    {(1, 9), (1, 10), (2, 20), (2, 28), (2, 29), (2, 30), (3, 8), (3, 17), (6, 3), (7, 13), (7, 27), (8, 15)}
    | {(9, 21), (10, 1), (10, 2), (10, 25), (12, 10), (12, 18)}
)


@lru_cache(maxsize=1024)
def kind_of(day: date) -> Kind:
    """The kind of a day; a holiday that falls on a Friday is a holiday.

    >>> kind_of(date(2026, 3, 25)), kind_of(date(2026, 11, 20)), kind_of(date(2026, 11, 23))
    ('holiday', 'weekend', 'working day')
    """
    if jalali_day(day)[1:] in JALALI or _is_hijri_holiday(day):
        return "holiday"
    return "weekend" if day.weekday() in {THURSDAY, FRIDAY} else "working day"


def _is_hijri_holiday(day: date) -> bool:
    """Iran sees the moon on the day of the Saudi calendar or on the next: either counts."""
    return not HIJRI.isdisjoint(map(_hijri, (day, day - timedelta(days=1))))


def _hijri(day: date) -> tuple[int, int]:
    try:
        _, month, number = Gregorian.fromdate(day).to_hijri().datetuple()
    except OverflowError:  # the tables end in 2077
        return (0, 0)
    return month, number
