"""Written dates, of either calendar, as moments on Tehran's clock; no answer depends on today.

A pattern reads every shape that agencies are known to write; what it does not know goes to ``rare_dates``, and
what cannot be read without guessing is refused: a page without a readable date has none.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawler.calendars import MONTH, MONTHS, WEEKDAY, calendar_of, full_year, gregorian_day, jalali_day
from crawler.errors import UnreadableDateError
from crawler.rare_dates import read_rare
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

# A zone and never an offset: Iran had summer time, with gaps, until 1401 (2022), and has none since.
TEHRAN = ZoneInfo("Asia/Tehran")

_ZONES: Mapping[str, tzinfo] = {
    "irst": timezone(timedelta(hours=3, minutes=30)),
    "irdt": timezone(timedelta(hours=4, minutes=30)),
    **dict.fromkeys(("z", "gmt", "ut", "utc"), UTC),
}

# The patterns read folded text: ASCII digits, lower case, one form of each letter, spaces for non-joiners.
_GAP = r"[\s،,/|.()–—-]*"
_DAY = re.compile(
    rf"""
    (?: [^\W\d][^\d:]{{0,40}}:\s* | (?:(?:تاریخ|زمان|انتشار|درج|خبر|مطلب|در|مورخ|روز)\s)+ )?
    (?: {WEEKDAY} {_GAP} )?
    (?: (?P<named> (?P<day>\d\d?) {_GAP} (?P<month>{MONTH}) (?:\ ?ماه)? {_GAP}
                   (?P<year>\d{{4}}|\d\d) )
      | (?P<year_first> (?P<year1>\d{{4}})\s?[-/.]\s?(?P<month1>\d\d?)\s?[-/.]\s?(?P<day1>\d\d?) )
      | (?P<month_first> (?P<month2>{MONTH})\.?\s(?P<day2>\d\d?),?\s+(?P<year2>\d{{4}}) )
      | (?P<year_last> (?P<part1>\d\d?)\s?[-/.]\s?(?P<part2>\d\d?)\s?[-/.]\s?(?P<year3>\d{{4}}) )
    )
    (?: {_GAP} {WEEKDAY} )?
    """,
    re.VERBOSE,
)
_CLOCK = re.compile(
    r"""
    (?=[\dtسدa])  # halves the time of the search
    (?: (?<=[\d\s])t\s? | (?:در\s)?ساعت\s?:?\s? | \bat\s )?
    (?<!\d)(?<!\d:) (?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)? (?![\d:])
    (?: \s? (?: (?P<am>am|a\.m\.|ق\.?\s?ظ\.?|قبل\ از\ ظهر|صبح)
              | (?P<pm>pm|p\.m\.|ب\.?\s?ظ\.?|بعد\ ?از\ ?ظهر|عصر) ) (?!\w) )?
    (?: \s? (?:gmt|utc)?(?P<sign>[+-])(?P<hours>0\d|1[0-4]):?(?P<minutes>[0-5]\d) (?![\d/.-])
      | \s? (?P<zone>z|gmt|utc?|irst|irdt)\b )?
    """,
    re.VERBOSE,
)
_NOON = 12
_SHOWN = 60  # characters of a refused text
_EDGES = " ،,;:/|.()[]•·–—-"
_RELATIVE = re.compile(
    r"\b(?:قبل|پیش|بعد|دیروز|امروز|دیشب|امشب|فردا|پریروز|لحظاتی|دقایقی|ساعاتی|اکنون|ago|yesterday|today|now)\b"
)


def read_datetime(written: str) -> datetime:
    """Read a date of any known shape as a moment on Tehran's clock, in whole seconds.

    Without an offset it is the wall clock of Tehran, without a time its midnight. An hour that the change to
    summer time skipped is read as the one after it, of two equal hours the first is taken. A weekday that
    contradicts the date is a slip of the site and passed over. Raises UnreadableDateError for what is no
    date, for a day that does not exist (۳۰ اسفند ۱۴۰۰), and for what counts from another day («۴ روز قبل»).

    >>> read_datetime("سه‌شنبه ۱۷ بهمن ۱۴۰۲ - ۲۱:۴۰").isoformat()
    '2024-02-06T21:40:00+03:30'
    >>> read_datetime("2019-05-29T19:50:37Z").isoformat()
    '2019-05-30T00:20:37+04:30'
    """
    try:
        return _moment(" ".join(fold(written.replace("ـ", "-")).split()))
    except ValueError as fault:
        raise _unreadable(written, fault) from fault


def read_day(written: str) -> date:
    """Read a day of either calendar as its Gregorian date; where a time is written too, the day is Tehran's.

    Raises UnreadableDateError where ``read_datetime`` does.

    >>> read_day("۱۳۹۹/۹/۱۷") == read_day("2020-12-07") == date(2020, 12, 7)
    True
    """
    return read_datetime(written).date()


def from_jalali(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a Jalali day; raises UnreadableDateError if there is no such day.

    >>> from_jalali(1399, 12, 30)
    datetime.date(2021, 3, 20)
    """
    try:
        return gregorian_day("Jalali", year, month, day)
    except ValueError as fault:
        raise _unreadable(f"{year}-{month}-{day}", fault) from fault


def jalali(day: date) -> str:
    """Write a date, or Tehran's day of an aware moment, in the Jalali calendar.

    >>> jalali(date(2020, 12, 7))
    '1399-09-17'
    """
    return "{:04}-{:02}-{:02}".format(*jalali_parts(day))


def jalali_parts(day: date) -> tuple[int, int, int]:
    """Return Jalali year, month and day of a date, or of Tehran's day of an aware moment.

    >>> jalali_parts(date(2021, 3, 20))
    (1399, 12, 30)
    """
    return jalali_day(day_of(day) if isinstance(day, datetime) else day)


def day_of(moment: datetime) -> date:
    """Return the Gregorian date that Tehran has at an aware moment.

    >>> day_of(datetime(2020, 12, 6, 20, 30, tzinfo=UTC))
    datetime.date(2020, 12, 7)
    """
    return _aware(moment).astimezone(TEHRAN).date()


def utc_text(moment: datetime) -> str:
    """Write an aware moment as the archive does: UTC, in whole seconds; raises ValueError for a naive one.

    >>> utc_text(datetime(2020, 12, 7, 14, 30, tzinfo=TEHRAN))
    '2020-12-07T11:00:00Z'
    """
    return _aware(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_utc_text(text: str) -> datetime:
    """Read what ``utc_text`` wrote, as a moment on Tehran's clock; raises UnreadableDateError if it is none.

    >>> from_utc_text("2020-12-07T11:00:00Z").isoformat()
    '2020-12-07T14:30:00+03:30'
    """
    try:
        return _aware(datetime.fromisoformat(text)).astimezone(TEHRAN)
    except (ValueError, OverflowError) as fault:
        raise _unreadable(text, fault) from fault


def _moment(text: str) -> datetime:
    clock = _CLOCK.search(text)
    if clock is None:
        return _settled(_day(text), TEHRAN)
    # With the clock cut out, what is left is the day, whichever of the two came first.
    rest = f"{text[: clock.start()]} {text[clock.end() :]}"
    midnight = _day(rest, american=bool(clock["am"] or clock["pm"]))
    if midnight.time() != time.min:
        raise ValueError("it names two times")
    return _settled(datetime.combine(midnight, _time(clock)), _zone(clock))


def _settled(wall: datetime, zone: tzinfo) -> datetime:
    # By way of UTC, where there are no skipped hours: what comes out exists, and is what an archive gives back.
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(TEHRAN)


def _day(text: str, *, american: bool = False) -> datetime:
    """Read a day, as its midnight; a shape that no pattern knows may bring its own time."""
    text = text.strip(_EDGES)
    found = _DAY.fullmatch(text)
    if found:
        return datetime.combine(_date(found, american=american), time.min)
    if _RELATIVE.search(text):
        raise ValueError("it counts from a day that it does not name")
    return read_rare(text)


def _date(found: re.Match[str], *, american: bool) -> date:
    match found.lastgroup:
        case "named":
            calendar, month, _ = MONTHS[found["month"]]
            return gregorian_day(calendar, full_year(calendar, found["year"]), month, int(found["day"]))
        case "month_first":
            calendar, month, _ = MONTHS[found["month2"]]
            return gregorian_day(calendar, int(found["year2"]), month, int(found["day2"]))
        case "year_first":
            year, month, day = int(found["year1"]), int(found["month1"]), int(found["day1"])
            return gregorian_day(calendar_of(year), year, month, day)
        case _:
            year, first, second = int(found["year3"]), int(found["part1"]), int(found["part2"])
            return _year_last(year, first, second, american=american)


def _year_last(year: int, first: int, second: int, *, american: bool) -> date:
    calendar = calendar_of(year)
    # Only Americans put the month first, and write AM and PM; Iranians begin with the day. All else is a guess.
    if american != (calendar == "Gregorian"):
        raise ValueError("its month could be its day")
    return gregorian_day(calendar, year, first, second) if american else gregorian_day(calendar, year, second, first)


def _time(clock: re.Match[str]) -> time:
    hour = int(clock["hour"])
    if clock["am"] and hour > _NOON:
        raise ValueError(f"{hour} is no hour of the morning")
    if clock["am"] or (clock["pm"] and hour <= _NOON):
        hour = hour % _NOON + (_NOON if clock["pm"] else 0)
    return time(hour, int(clock["minute"]), int(clock["second"] or 0))


def _zone(clock: re.Match[str]) -> tzinfo:
    if clock["zone"]:
        return _ZONES[clock["zone"]]
    if not clock["sign"]:
        return TEHRAN
    offset = timedelta(hours=int(clock["hours"]), minutes=int(clock["minutes"]))
    return timezone(offset if clock["sign"] == "+" else -offset)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return moment


def _unreadable(written: str, fault: Exception) -> UnreadableDateError:
    short = " ".join(written.split())
    short = short if len(short) <= _SHOWN else f"{short[:_SHOWN]}…"
    return UnreadableDateError(f"The date «{short}» cannot be read: {fault}; write it like 1399-09-17 or 2020-12-07.")
