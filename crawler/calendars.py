"""The two calendars that Persian news is dated in: their years, their months, their days."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import jdatetime

from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

Calendar = Literal["Jalali", "Gregorian"]

# Two hundred years each, without a number in common, so that a year names its calendar. No news is older; what
# falls outside is a misread number or a placeholder (0001-01-01, 1900-01-01).
YEARS: Mapping[Calendar, range] = {"Jalali": range(1300, 1500), "Gregorian": range(1921, 2121)}

# A year of two digits lies in the web's lifetime: from 70 in the first century, below 50 in the second (the rule
# of mail headers, too). Between them it could be either.
_CENTURIES: Mapping[Calendar, tuple[int, int]] = {"Jalali": (1300, 1400), "Gregorian": (1900, 2000)}
_LATE, _EARLY = range(70, 100), range(50)

# Months in the order of the year, spellings of each divided by a stroke; the last one is English.
_NAMES: Mapping[Calendar, str] = {
    "Jalali": "فروردین/farvardin اردیبهشت/اردی‌بهشت/ordibehesht خرداد/khordad تیر/tir مرداد/امرداد/mordad "
    "شهریور/shahrivar مهر/mehr آبان/aban آذر/azar دی/dey بهمن/bahman اسفند/esfand",
    "Gregorian": "ژانویه/jan/january فوریه/feb/february مارس/mar/march آوریل/apr/april مه/می/may ژوئن/jun/june "
    "ژوئیه/جولای/jul/july اوت/آگوست/aug/august سپتامبر/sept/sep/september اکتبر/oct/october "
    "نوامبر/nov/november دسامبر/dec/december",
}
# Every spelling, folded: its calendar, its number, its English name.
MONTHS: Mapping[str, tuple[Calendar, int, str]] = {
    fold(name): (calendar, number, names.rsplit("/", 1)[1].title())
    for calendar, year in _NAMES.items()
    for number, names in enumerate(year.split(" "), start=1)
    for name in names.split("/")
}
# Patterns over folded text, longest names first, fit for verbose patterns too.
MONTH = "|".join(map(re.escape, sorted(MONTHS, key=len, reverse=True)))
WEEKDAY = (
    r"\b(?:(?:(?:یک|دو|سه|چهار|پنج)\ ?)?شنبه|جمعه|ادینه|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)(?![^\W\d])"
)


def calendar_of(year: int) -> Calendar:
    """Tell which calendar a year of four digits belongs to; raises ValueError for a year of neither."""
    for calendar, years in YEARS.items():
        if year in years:
            return calendar
    raise ValueError(f"{year} is no year of news")


def full_year(calendar: Calendar, written: str) -> int:
    """Read a year of two or four digits; raises ValueError where two digits could be either century."""
    year = int(written)
    if len(written) > len("99"):
        return year
    first, second = _CENTURIES[calendar]
    if year in _EARLY:
        return second + year
    if year in _LATE:
        return first + year
    raise ValueError(f"the year {written} could be of two centuries")


@lru_cache(maxsize=1024)  # a crawl meets the same few days again and again
def gregorian_day(calendar: Calendar, year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a day; raises ValueError for a day or a year that cannot be."""
    if year not in YEARS[calendar]:
        raise ValueError(f"{year} is no year of news in the {calendar} calendar")
    if calendar == "Gregorian":
        return date(year, month, day)
    found: date = jdatetime.date(year, month, day).togregorian()
    return found


@lru_cache(maxsize=1024)
def jalali_day(day: date) -> tuple[int, int, int]:
    """Return the Jalali year, month and day of a Gregorian date."""
    found = jdatetime.date.fromgregorian(date=day)
    return found.year, found.month, found.day
