"""Every shape in which agencies write a date is read to the minute; what would be a guess is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.dates import TEHRAN, jalali_parts, read_datetime, read_day
from crawler.errors import UnreadableDateError

SHAPES = [
    # Nastooh
    ("2020-04-17T14:26:21Z", "2020-04-17T18:56:21+04:30"),
    ("۱۷ آذر ۱۳۹۹ - ۱۴:۳۰", "2020-12-07T14:30:00+03:30"),
    ("۱۹ بهمن ۱۴۰۲، ۱۲:۰۸", "2024-02-08T12:08:00+03:30"),
    ("۱۹ بهمن ۱۴۰۲، ۹:۳۰", "2024-02-08T09:30:00+03:30"),
    ("۱۳ خرداد ۱۴۰۴ / ۲۰:۵۵", "2025-06-03T20:55:00+03:30"),
    ("۱۰ آذر ۰۴ - ۱۴:۱۵", "2025-12-01T14:15:00+03:30"),
    ("۱۰ آذر ۷۸ - ۱۴:۱۵", "1999-12-01T14:15:00+03:30"),
    ("پنجشنبه / ۹ خرداد ۱۳۹۸ / ۰۰:۲۰", "2019-05-30T00:20:00+04:30"),
    ("2019-05-30 T 00:20:37 +0430", "2019-05-30T00:20:37+04:30"),
    ("2019-05-30 00:20:37.883", "2019-05-30T00:20:37+04:30"),
    # listings
    ("سه\u200cشنبه ۱۷ بهمن ۱۴۰۲ - ۲۱:۴۰", "2024-02-06T21:40:00+03:30"),
    ("سه شنبه ۱۷ بهمن ۱۴۰۲ - ۲۱:۴۰", "2024-02-06T21:40:00+03:30"),
    ("سهشنبه ۱۷ بهمن ۱۴۰۲ - ۲۱:۴۰", "2024-02-06T21:40:00+03:30"),
    ("يكشنبه ۱۰ دي ۱۴۰۲ - ۲۲:۵۳", "2023-12-31T22:53:00+03:30"),
    ("۱۴۰۴/۰۲/۲۵", "2025-05-15T00:00:00+03:30"),
    ("1404-09-10 14:34", "2025-12-01T14:34:00+03:30"),
    ("2020-12-07", "2020-12-07T00:00:00+03:30"),
    # Iran Samaneh
    ("تاریخ انتشار: ۱۷ آذر ۱۳۹۹ - ۱۴:۳۰", "2020-12-07T14:30:00+03:30"),
    ("تاريخ انتشار :\u00a0۱۷ آذر ۱۳۹۹\n-\t۱۴:۳۰", "2020-12-07T14:30:00+03:30"),
    ("تاریخ انتشار ۱۷ آذر ۱۳۹۹ - ۱۴:۳۰", "2020-12-07T14:30:00+03:30"),
    ("۱۲ ارديبهشت ۱۳۹۸ - ۱۶:۱۲", "2019-05-02T16:12:00+04:30"),
    ("۱۳۹۸/۰۲/۱۲ - ۱۶:۱۲", "2019-05-02T16:12:00+04:30"),
    ("۱۴:۴۱ - ۱۳۹۴/۰۳/۲۶", "2015-06-16T14:41:00+04:30"),
    ("23:35 11 دی 1404", "2026-01-01T23:35:00+03:30"),
    ("21 Jul 2018 07:01:01 +0430", "2018-07-21T07:01:01+04:30"),
    # others
    ("11 دی 1404 - 10:10", "2026-01-01T10:10:00+03:30"),
    ("2019-05-20T18:23:00.0000000Z", "2019-05-20T22:53:00+04:30"),
    ("12/7/2020 2:30:00 PM", "2020-12-07T14:30:00+03:30"),
    ("12/7/2020 12:05:00 AM", "2020-12-07T00:05:00+03:30"),
    ("Sat, 14 Mar 2020 15:42:09 GMT", "2020-03-14T19:12:09+03:30"),
    ("Mon, 07 Dec 20 14:30:00 +0330", "2020-12-07T14:30:00+03:30"),
    ("2020-12-07T14:30:00+03:30", "2020-12-07T14:30:00+03:30"),
    ("2020-12-07T09:30-01:30", "2020-12-07T14:30:00+03:30"),
    ("۷ دسامبر ۲۰۲۰ - ۱۴:۳۰", "2020-12-07T14:30:00+03:30"),
    ("۷ ژوئیهٔ ۲۰۲۰، ۱۴:۳۰", "2020-07-07T14:30:00+04:30"),
    ("December 7, 2020 2:30 p.m.", "2020-12-07T14:30:00+03:30"),
    ("Mon Dec 07 14:30:00 IRST 2020", "2020-12-07T14:30:00+03:30"),
    ("Mon Dec 07 2020 14:30:00 GMT+0330", "2020-12-07T14:30:00+03:30"),
    ("| ۱۵/دی/۱۴۰۴ | ۰۹:۱۷", "2026-01-05T09:17:00+03:30"),
    ("15 دی\u200cماه 1404 ساعت ۰۸:۱۵", "2026-01-05T08:15:00+03:30"),
    ("۱۳۹۹/۰۹/۱۷ ۰۲:۳۰:۰۰ ب.ظ", "2020-12-07T14:30:00+03:30"),
    ("۱۳۹۹/۰۹/۱۷ ۱۰:۳۰:۰۰ ق.ظ", "2020-12-07T10:30:00+03:30"),
    ("۱۷ آذر ۱۳۹۹ ساعت ۲:۳۰ بعد از ظهر", "2020-12-07T14:30:00+03:30"),
    ("۱۴:۳۰ ـ (دوشنبه، ۱۷ آذر ۱۳۹۹)", "2020-12-07T14:30:00+03:30"),
    ("١٧ آذر ١٣٩٩ - ١٤:٣٠", "2020-12-07T14:30:00+03:30"),
    ("۱۷\u200f/۰۹\u200f/۱۳۹۹", "2020-12-07T00:00:00+03:30"),
    ("۵ اردی\u200cبهشت ۱۴۰۰ ۱:۰۵", "2021-04-25T01:05:00+04:30"),
    # a weekday that is wrong (it was a Monday) is the site's slip
    ("جمعه ۱۷ آذر ۱۳۹۹ - ۱۴:۳۰", "2020-12-07T14:30:00+03:30"),
]


@pytest.mark.parametrize(("written", "moment"), SHAPES)
def test_every_known_shape_is_read_to_the_minute(written: str, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("crawler.dates.read_rare")  # patterns alone do it
    found = read_datetime(written)
    assert found.isoformat() == moment
    assert found.tzinfo is TEHRAN


RELATIVE = "counts from a day that it does not name"
SHAPELESS = "no known shape"
IMPOSSIBLE = "out of range|must be in"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("۴ روز قبل", RELATIVE),
        ("۲ ساعت پیش", RELATIVE),
        ("دیروز", RELATIVE),
        ("ديروز ۱۴:۳۰", RELATIVE),
        ("لحظاتی پیش", RELATIVE),
        ("هم\u200cاکنون", RELATIVE),
        ("پنج روز پیش از هفدهم آذر ۱۳۹۹", RELATIVE),
        ("yesterday at 14:30", RELATIVE),
        ("2 hours ago", RELATIVE),
        ("قدیمی\u200cتر از یک\u200cسال", SHAPELESS),
        ("۳۰ اسفند ۱۴۰۰", IMPOSSIBLE),
        ("۳۱ مهر ۱۴۰۴", IMPOSSIBLE),
        ("۱۳۹۹/۱۳/۰۱", IMPOSSIBLE),
        ("۱۳۹۹/۰۰/۱۷", IMPOSSIBLE),
        ("2021-02-29", IMPOSSIBLE),
        ("۱۷ آذر ۱۳۹۹ - ۲۴:۰۰", IMPOSSIBLE),
        ("۱۷ آذر ۱۳۹۹ - ۱۴:۶۰", IMPOSSIBLE),
        ("۱۷ آذر ۱۳۹۹ - ۱۴:۳۰ ق.ظ", "no hour of the morning"),
        ("0001-01-01T00:00:00", "no year of news"),
        ("1900-01-01", "no year of news"),
        ("۱۲۹۹/۰۹/۱۷", "no year of news"),
        ("۱۷ آذر ۲۰۲۰", "no year of news in the Jalali calendar"),
        ("۷ دسامبر ۱۳۹۹", "no year of news in the Gregorian calendar"),
        ("۱۷ آذر ۵۷", "two centuries"),
        ("12/7/2020", "month could be its day"),
        ("12/7/2020 14:30", "month could be its day"),
        ("9/7/1399 2:30 PM", "month could be its day"),
        ("", SHAPELESS),
        (" \u200c\u00a0", SHAPELESS),
        ("14:30", SHAPELESS),
        ("۱۳۹۹", SHAPELESS),
        ("1607338800", SHAPELESS),
        ("20201207", SHAPELESS),
        ("۱۷ ربیع\u200cالاول ۱۴۴۲", SHAPELESS),
        ("۱۷ آذر ۱۳۹۹ - ۱۴:۳۰ تا ۱۵:۳۰", SHAPELESS),
        ("۱۷ آذر ۱۳۹۹ - ۱۴:۳۰ +0330 +0330", "with certainty"),
        ("کد خبر: 1001756 ۱۷ آذر ۱۳۹۹", SHAPELESS),
    ],
)
def test_what_would_be_a_guess_is_refused(written: str, why: str) -> None:
    with pytest.raises(UnreadableDateError, match=why):
        read_datetime(written)


def test_a_refusal_is_one_short_line_that_names_the_text() -> None:
    with pytest.raises(UnreadableDateError) as refusal:
        read_datetime("۳۰ اسفند\n۱۴۰۰ " + "دراز " * 1000)
    assert str(refusal.value).startswith("The date «۳۰ اسفند ۱۴۰۰ دراز ")
    assert str(refusal.value).endswith(
        "…» cannot be read: it has no known shape; write it like 1399-09-17 or 2020-12-07."
    )
    assert len(str(refusal.value)) < 160


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("۱۵ تیر ۱۳۸۳ - ۱۲:۰۰", "2004-07-05T12:00:00+04:30"),
        ("۱۵ تیر ۱۳۸۴ - ۱۲:۰۰", "2005-07-06T12:00:00+04:30"),
        ("۱۵ تیر ۱۳۸۵ - ۱۲:۰۰", "2006-07-06T12:00:00+03:30"),
        ("۱۵ تیر ۱۳۸۶ - ۱۲:۰۰", "2007-07-06T12:00:00+03:30"),
        ("۱۵ تیر ۱۳۸۷ - ۱۲:۰۰", "2008-07-05T12:00:00+04:30"),
        ("۱۵ تیر ۱۴۰۱ - ۱۲:۰۰", "2022-07-06T12:00:00+04:30"),
        ("۱۵ دی ۱۴۰۱ - ۱۲:۰۰", "2023-01-05T12:00:00+03:30"),
        ("۱۵ تیر ۱۴۰۲ - ۱۲:۰۰", "2023-07-06T12:00:00+03:30"),
        # the clock went from midnight to one o'clock
        ("۱ فروردین ۱۳۹۸ - ۲۳:۵۹", "2019-03-21T23:59:00+03:30"),
        ("۲ فروردین ۱۳۹۸", "2019-03-22T01:00:00+04:30"),
        ("۲ فروردین ۱۳۹۸ - ۰۰:۳۰", "2019-03-22T01:30:00+04:30"),
        ("۲ فروردین ۱۳۹۸ - ۰۱:۰۰", "2019-03-22T01:00:00+04:30"),
        # and from midnight back to eleven
        ("۳۰ شهریور ۱۳۹۸ - ۲۳:۳۰", "2019-09-21T23:30:00+04:30"),
        ("2019-09-21T20:00:00Z", "2019-09-21T23:30:00+03:30"),
        ("۳۱ شهریور ۱۳۹۸ - ۰۰:۰۰", "2019-09-22T00:00:00+03:30"),
    ],
)
def test_summer_time_is_tehrans(written: str, moment: str) -> None:
    assert read_datetime(written).isoformat() == moment


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1399-09-17", date(2020, 12, 7)),
        ("۱۳۹۹/۹/۱۷", date(2020, 12, 7)),
        ("2020-12-07", date(2020, 12, 7)),
        ("دوشنبه ۱۷ آذر ۱۳۹۹", date(2020, 12, 7)),
        ("۲ فروردین ۱۳۹۸", date(2019, 3, 22)),
        ("2020-12-06T20:30:00Z", date(2020, 12, 7)),
    ],
)
def test_a_day_is_read_in_either_calendar(written: str, day: date) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize("written", ["1399-12-31", "1400-12-30", "1700-01-01", "امروز", "last week", "1399-9"])
def test_a_bad_day_is_refused(written: str) -> None:
    with pytest.raises(UnreadableDateError):
        read_day(written)


MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
ARABIC = str.maketrans("یک", "يك")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WRITTEN = [
    "{d} {month} {y} - {H:02}:{M:02}",
    "{d} {month} {y}، {H}:{M:02}",
    "شنبه / {d} {month} {y} / {H:02}:{M:02}",
    "تاریخ انتشار: {y}/{m:02}/{d:02} - {H:02}:{M:02}",
    "{H:02}:{M:02} - {y}/{m}/{d}",
    "{H:02}:{M:02} {d} {month} {y}",
    "{y}-{m:02}-{d:02} {H:02}:{M:02}:00",
    "{g:%Y-%m-%dT%H:%M:%S.000}",
    "{g:%Y-%m-%dT%H:%M:%S%z}",
    "{g:%a, %d %b %Y %H:%M:%S %z}",
    "{g:%m/%d/%Y %I:%M:%S %p}",
]


@given(
    st.datetimes(datetime(1940, 1, 1), datetime(2110, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - given
    st.sampled_from(WRITTEN),
    st.sampled_from([{}, PERSIAN_DIGITS, ARABIC_DIGITS]),
    st.sampled_from([{}, ARABIC]),
)
def test_any_moment_is_read_to_the_minute(
    moment: datetime, shape: str, numerals: dict[int, int], letters: dict[int, int]
) -> None:
    shown = moment.astimezone(TEHRAN).replace(second=0, microsecond=0)
    assume(not shown.fold and shown.year > 1945)  # of two equal hours the first is read; before, seconds of offset
    year, month, day = jalali_parts(shown)
    written = shape.format(y=year, m=month, d=day, month=MONTHS[month - 1], H=shown.hour, M=shown.minute, g=shown)
    assert read_datetime(written.translate(numerals).translate(letters)) == shown


@given(st.text(max_size=60))
def test_no_text_is_more_than_refused(text: str) -> None:
    try:
        found = read_datetime(text)
    except UnreadableDateError:
        return
    assert 1921 <= found.year <= 2121
