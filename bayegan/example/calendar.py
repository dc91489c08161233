"""Dates as the example site writes them.

On jdatetime alone, not on the project's own dates: the site is what those are tested against.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import jdatetime

from bayegan.example.story import TEHRAN

WEEKDAYS = ("دوشنبه", "سه\u200cشنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian(number: object) -> str:
    """A number in Persian digits."""
    return str(number).translate(_PERSIAN_DIGITS)


def jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day in Iran's calendar."""
    found = jdatetime.date.fromgregorian(date=day)
    return found.year, found.month, found.day


def gregorian(year: int, month: int, day: int) -> date | None:
    """A Jalali day as a date; None where there is no such day."""
    try:
        found: date = jdatetime.date(year, month, day).togregorian()
    except ValueError:
        return None
    return found


def long_day(day: date) -> str:
    """«سه‌شنبه ۱۷ بهمن ۱۴۰۲»."""
    return f"{WEEKDAYS[day.weekday()]} {_short_day(day)}"


def in_listing(moment: datetime) -> str:
    """«سه‌شنبه ۱۷ بهمن ۱۴۰۲ - ۲۱:۴۰»."""
    local = moment.astimezone(TEHRAN)
    return f"{long_day(local.date())} - {persian(f'{local:%H:%M}')}"


def in_article(moment: datetime) -> str:
    """«۱۹ بهمن ۱۴۰۲، ۹:۳۰»: the hour has no leading zero."""
    local = moment.astimezone(TEHRAN)
    return f"{_short_day(local.date())}، {persian(local.hour)}:{persian(f'{local:%M}')}"


def ago(moment: datetime, now: datetime) -> str:
    """The relative phrase that listings show: «۴ روز قبل»."""
    gone = now - moment
    if gone < timedelta(hours=1):
        return f"{persian(gone // timedelta(minutes=1))} دقیقه قبل"
    if gone < timedelta(days=1):
        return f"{persian(gone // timedelta(hours=1))} ساعت قبل"
    return f"{persian(gone.days)} روز قبل"


def iso_utc(moment: datetime) -> str:
    """``2020-12-07T11:00:00Z``, as article metas and sitemaps have it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def http_date(moment: datetime) -> str:
    """``Mon, 07 Dec 2020 11:00:00 GMT``, as feeds and headers have it."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def rendered(moment: datetime) -> str:
    """``2020-12-07 T 14:30:00 +0330``, the way Nastooh writes the time at which it rendered a page."""
    return f"{moment.astimezone(TEHRAN):%Y-%m-%d T %H:%M:%S %z}"


def _short_day(day: date) -> str:
    year, month, number = jalali(day)
    return f"{persian(number)} {MONTHS[month - 1]} {persian(year)}"
