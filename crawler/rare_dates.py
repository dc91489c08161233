"""Dates in shapes that no pattern knows: read by dateparser, believed only where the text bears it out.

Measured, dateparser takes a relative phrase for a date, fills what is missing from today, takes 1399/09/17 for a
year of the Middle Ages, ۳۰ اسفند ۱۴۰۰ for a day that exists, and passes over words it does not know. So nothing
reaches it without one full year and one month's name, which decides the calendar and is handed over in English;
none but the words of a date are let through; and its answer must account for every number that was written.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import Any

from crawler.calendars import MONTH, MONTHS, WEEKDAY, YEARS, Calendar, jalali_day
from crawler.text import fold

_LONGEST = 80  # characters; what is longer is prose that mentions a date
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d]+")
_MONTH_NAME = re.compile(rf"(?<![^\W\d])(?:{MONTH})(?=\ ?ماه|[\W\d]|$)")
_IDLE = re.compile(rf"{WEEKDAY}|(?<![^\W\d])(?:روز|ماه|سال|در|تاریخ|مورخ|the|on|at|day)(?![^\W\d])")
_COUNTING = frozenset(
    fold(
        "اول یکم دوم سوم چهارم پنجم ششم هفتم هشتم نهم دهم یازدهم دوازدهم سیزدهم چهاردهم پانزدهم شانزدهم هفدهم هجدهم "
        "نوزدهم بیستم بیست سی ام یک و ساعت دقیقه ثانیه of st nd rd th h am pm"
    ).split()
)
# Nothing may come from the day on which it is asked.
_STRICT: dict[str, Any] = {
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "RELATIVE_BASE": datetime(1900, 1, 1),  # noqa: DTZ001 - dateparser wants it naive
    "PARSERS": ["absolute-time"],
    "DATE_ORDER": "DMY",
}


def read_rare(text: str) -> datetime:
    """Read a folded text as a wall-clock time, naive; raises ValueError wherever that would be a guess."""
    numbers = {int(number) for number in _NUMBER.findall(text[:_LONGEST])}
    names = _MONTH_NAME.findall(text[:_LONGEST])
    if len(text) > _LONGEST or len(names) != 1:
        raise ValueError("it has no known shape")
    calendar, month, english = MONTHS[names[0]]
    rest = _IDLE.sub(" ", _MONTH_NAME.sub(" ", text))
    if len(numbers & set(YEARS[calendar])) != 1 or not _COUNTING.issuperset(_WORD.findall(rest)):
        raise ValueError("it has no known shape")
    found = _ask(calendar, _IDLE.sub(" ", _MONTH_NAME.sub(f" {english} ", text)))
    if found is None or not _borne_out(found, calendar, month, numbers):
        raise ValueError("it cannot be read with certainty")
    return found


@lru_cache(maxsize=1024)  # a millisecond each, and a list writes the same few again and again
def _ask(calendar: Calendar, text: str) -> datetime | None:
    # Imported here because it takes a third of a second and few runs meet such a date.
    from dateparser import parse  # noqa: PLC0415
    from dateparser.calendars.jalali import JalaliCalendar  # noqa: PLC0415
    from dateparser.conf import settings  # noqa: PLC0415

    if calendar == "Gregorian":
        return parse(text, languages=["fa", "en"], settings=_STRICT)
    try:
        found, _period = JalaliCalendar.parser.parse(text, settings.replace(**_STRICT))
    except ValueError:
        return None
    return found


def _borne_out(found: datetime, calendar: Calendar, month: int, numbers: set[int]) -> bool:
    """Tell whether the answer holds every number of the text, and no clock that the text does not name."""
    year, its_month, day = jalali_day(found) if calendar == "Jalali" else (found.year, found.month, found.day)
    hours = {found.hour, found.hour - 12}  # 2 pm is hour 14
    told = {year, day, found.minute, found.second} | hours
    made_up = ({found.minute, found.second} | ((hours & numbers) or {found.hour})) - numbers - {0}
    return year in numbers and its_month == month and numbers <= told and not made_up
