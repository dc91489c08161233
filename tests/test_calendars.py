"""A day has one name in each calendar, and a moment one text in the archive."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.dates import TEHRAN, day_of, from_jalali, from_utc_text, jalali, jalali_parts, utc_text
from crawler.errors import UnreadableDateError


@pytest.mark.parametrize(
    ("parts", "day", "text"),
    [
        ((1300, 1, 1), date(1921, 3, 21), "1300-01-01"),
        ((1357, 11, 22), date(1979, 2, 11), "1357-11-22"),
        ((1399, 12, 30), date(2021, 3, 20), "1399-12-30"),
        ((1400, 1, 1), date(2021, 3, 21), "1400-01-01"),
        ((1403, 12, 30), date(2025, 3, 20), "1403-12-30"),
        ((1499, 12, 29), date(2121, 3, 20), "1499-12-29"),
    ],
)
def test_the_calendars_agree_on_known_days(parts: tuple[int, int, int], day: date, text: str) -> None:
    assert (from_jalali(*parts), jalali_parts(day), jalali(day)) == (day, parts, text)


@pytest.mark.parametrize(
    "parts", [(1400, 12, 30), (1404, 7, 31), (1399, 0, 1), (1399, 13, 1), (1299, 1, 1), (2020, 1, 1)]
)
def test_a_jalali_day_that_does_not_exist_is_refused(parts: tuple[int, int, int]) -> None:
    with pytest.raises(UnreadableDateError):
        from_jalali(*parts)


def test_every_day_of_150_years_comes_back_from_the_jalali_calendar() -> None:
    days = [date(1921, 3, 21) + timedelta(days=number) for number in range(54787)]
    texts = [jalali(day) for day in days]
    assert (texts[0], texts[-1]) == ("1300-01-01", "1449-12-30")
    assert texts == sorted(set(texts))
    assert [from_jalali(*jalali_parts(day)) for day in days] == days


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2020, 12, 6, 20, 29, tzinfo=UTC), date(2020, 12, 6)),
        (datetime(2020, 12, 6, 20, 30, tzinfo=UTC), date(2020, 12, 7)),
        (datetime(2020, 6, 6, 19, 30, tzinfo=UTC), date(2020, 6, 7)),
    ],
)
def test_the_day_of_a_moment_is_tehrans(moment: datetime, day: date) -> None:
    assert day_of(moment) == day
    assert jalali(moment) == jalali(day)


def test_a_moment_without_an_offset_has_no_day_and_no_utc() -> None:
    naive = datetime(2020, 12, 7)  # noqa: DTZ001 - what this is about
    for use in (day_of, jalali, jalali_parts, utc_text):
        with pytest.raises(ValueError, match="needs its offset"):
            use(naive)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(TEHRAN)))  # noqa: DTZ001 - given
def test_a_moment_comes_back_from_utc_text(moment: datetime) -> None:
    back = from_utc_text(utc_text(moment))
    assert back.tzinfo is TEHRAN
    assert back.astimezone(UTC) == moment.astimezone(UTC).replace(microsecond=0)


@pytest.mark.parametrize("text", ["2020-12-07T11:00:00", "2020-12-07", "yesterday", "", "9999-12-31T23:59:59Z"])
def test_what_is_no_utc_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableDateError):
        from_utc_text(text)
