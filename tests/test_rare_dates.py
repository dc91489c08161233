"""What no pattern knows is asked of dateparser, and its answer believed only where the text bears it out."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from crawler.dates import read_datetime, read_day
from crawler.errors import UnreadableDateError
from crawler.rare_dates import _ask as ask_dateparser
from crawler.rare_dates import read_rare

if TYPE_CHECKING:
    from crawler.calendars import Calendar


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Name the calendar of every text that is handed to dateparser."""
    calendars: list[str] = []

    def spy(calendar: Calendar, text: str) -> datetime | None:
        calendars.append(calendar)
        return ask_dateparser(calendar, text)

    monkeypatch.setattr("crawler.rare_dates._ask", spy)
    return calendars


@pytest.mark.parametrize(
    ("written", "calendar", "moment"),
    [
        ("هفدهم آذر ۱۳۹۹", "Jalali", "2020-12-07T00:00:00+03:30"),
        ("يازدهم دی\u200cماه۱۴۰۴", "Jalali", "2026-01-01T00:00:00+03:30"),
        ("یک\u200cشنبه بیست و سوم آذر ۱۳۹۹ ساعت ۱۴:۳۰", "Jalali", "2020-12-13T14:30:00+03:30"),
        ("سی\u200cام اسفند ۱۳۹۹", "Jalali", "2021-03-20T00:00:00+03:30"),
        ("۱۷ آذر ۱۳۹۹ ساعت ۱۴ و ۳۰ دقیقه", "Jalali", "2020-12-07T14:30:00+03:30"),
        ("Monday, 7th of December 2020 - 14:30", "Gregorian", "2020-12-07T14:30:00+03:30"),
        ("7 December 2020 at 2.30pm", "Gregorian", "2020-12-07T14:30:00+03:30"),
        ("2020 Dec 7", "Gregorian", "2020-12-07T00:00:00+03:30"),
    ],
)
def test_a_shape_that_no_pattern_knows_reaches_dateparser(
    written: str, calendar: str, moment: str, asked: list[str]
) -> None:
    assert read_datetime(written).isoformat() == moment
    assert asked == [calendar]


@pytest.mark.parametrize(
    "written",
    [
        "۴ روز قبل",
        "پنج روز پیش از هفدهم آذر ۱۳۹۹",
        "چهار روز پس از هفدهم آذر ۱۳۹۹",
        "هفدهم آذر",
        "7th of December",
        "۱۷/۹/۹۹",
        "هفدهم آذر ۱۳۹۹ در بیروت",
        "هفدهم آذر ۱۳۹۹ و دوم دی ۱۳۹۹",
        "هفدهم آذر ۱۳۹۹ و ۱۴۰۰",
        "هفدهم آذر ۲۰۲۰",
        "7 December 2020 14h30 EST",
        "هفدهم آذر ۱۳۹۹ " + "و " * 40,
    ],
)
def test_dateparser_is_never_asked_what_it_would_guess(written: str, asked: list[str]) -> None:
    with pytest.raises(UnreadableDateError):
        read_datetime(written)
    assert asked == []


@pytest.mark.parametrize(
    "written",
    [
        "آذر ۱۳۹۹",
        "شنبه آذر ۱۳۹۹",
        "December 2020",
        "سی\u200cام اسفند ۱۴۰۰",
        "سی و یکم مهر ۱۴۰۴",
        "دوم و سوم آذر ۱۳۹۹",
        "هفدهم آذر ۱۳۹۹ ۱۷ ۳۰",
        "31st of June 2020",
        "۱۷ آذر ۱۳۹۹ ساعت ۱۴ و ۳۰ دقیقه - ۱۵:۰۰",
    ],
)
def test_nothing_is_filled_in_or_moved_to_a_day_that_exists(written: str, asked: list[str]) -> None:
    with pytest.raises(UnreadableDateError):
        read_datetime(written)
    assert len(asked) == 1


WITH_CLOCK, WITHOUT_CLOCK = "17 اذر 1399 ساعت 14 و 30 دقیقه", "هفدهم اذر 1399"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (WITH_CLOCK, "2021-12-07T14:30:00"),  # another year
        (WITH_CLOCK, "2020-11-07T14:30:00"),
        (WITH_CLOCK, "2020-12-08T14:30:00"),
        (WITH_CLOCK, "2020-12-07T15:30:00"),
        (WITH_CLOCK, "2020-12-07T14:31:00"),
        (WITH_CLOCK, "2020-12-07T14:30:05"),  # a second that nobody wrote
        (WITH_CLOCK, "2020-12-07T00:00:00"),  # the clock passed over
        (WITHOUT_CLOCK, "2020-12-07T09:00:00"),  # a clock that nobody wrote
        (WITHOUT_CLOCK, "2020-12-07T00:09:00"),
        (WITHOUT_CLOCK, "2021-12-08T00:00:00"),
    ],
)
def test_an_answer_that_the_text_does_not_bear_out_is_refused(
    text: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.rare_dates._ask", lambda _calendar, _text: datetime.fromisoformat(answer))
    with pytest.raises(ValueError, match="certainty"):
        read_rare(text)


@pytest.mark.parametrize(
    ("text", "answer"), [(WITH_CLOCK, "2020-12-07T14:30:00"), (WITHOUT_CLOCK, "2020-12-07T00:00:00")]
)
def test_an_answer_that_the_text_bears_out_is_believed(text: str, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.rare_dates._ask", lambda _calendar, _text: datetime.fromisoformat(answer))
    assert read_rare(text).isoformat() == answer


def test_dateparser_is_loaded_only_for_such_a_shape() -> None:
    code = (
        "import sys; from crawler.dates import read_datetime as r; r('۱۷ آذر ۱۳۹۹'); print('dateparser' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"


UNITS = ("یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم")
TEENS = ("دهم", "یازدهم", "دوازدهم", "سیزدهم", "چهاردهم", "پانزدهم", "شانزدهم", "هفدهم", "هجدهم", "نوزدهم", "بیستم")
TENS = (*(f"بیست و {unit}" for unit in UNITS), "سی\u200cام", "سی و یکم")


@pytest.mark.parametrize(("day", "word"), list(enumerate((*UNITS, *TEENS, *TENS), start=1)))
def test_a_day_in_words_is_read(day: int, word: str) -> None:
    assert read_day(f"{word} تیر ۱۳۹۹") == date(2020, 6, 20) + timedelta(days=day)
