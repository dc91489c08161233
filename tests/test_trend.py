"""How much was written over time: what counts, and what is a gap."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from patchy_days import made

from bayegan import open_archive
from bayegan.attention.periods import cut
from bayegan.attention.trending import Period, _day
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive
    from bayegan.attention.periods import By, Calendar

TENTHS = (("shabestan", 13, ("مسجد",) + ("باد",) * 8, ("failed",), "archive", True),)  # nine of ten are held


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("trend") / "news.db")


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with open_archive(path) as archive:
        yield archive


def figures(periods: list[Period]) -> list[tuple[object, ...]]:
    return [(one.name, one.matches, one.articles, one.counted, one.days) for one in periods]


def test_what_the_crawl_missed_is_a_gap_and_what_it_saw_empty_is_a_zero(archive: Archive) -> None:
    assert figures(archive.trend("مسجد", by="day", agency="shabestan")) == [
        ("1399-09-15", 1, 2, 1, 1),
        ("1399-09-16", 0, 0, 1, 1),
        ("1399-09-17", None, None, 0, 1),  # a row of it is open
        ("1399-09-18", None, None, 0, 1),  # less than nine tenths are held
        ("1399-09-19", None, None, 0, 1),  # not walked to the end
        ("1399-09-20", 1, 2, 1, 1),  # imported: nothing was listed that could be missing
        ("1399-09-21", None, None, 0, 1),
        ("1399-09-22", 1, 1, 1, 1),  # what is gone or was taken down is not missing
    ]


def test_a_day_counts_where_nine_tenths_are_held(tmp_path: Path) -> None:
    with open_archive(made(tmp_path / "news.db", TENTHS)) as archive:
        assert figures(archive.trend("مسجد", by="day")) == [("1399-09-23", 1, 9, 1, 1)]
        assert archive.trend("مسجد", by="day")[0].coverage == 0.9


def test_a_week_is_the_sum_of_its_days_that_count_and_begins_on_saturday(archive: Archive) -> None:
    assert archive.trend("مسجد", by="week", agency="shabestan") == [
        Period(
            name="1399-09-15",
            first=date(2020, 12, 5),
            last=date(2020, 12, 11),
            matches=2,
            articles=4,
            share=0.5,
            days=7,
            counted=3,
            coverage=1.0,
        ),
        Period(
            name="1399-09-22",
            first=date(2020, 12, 12),
            last=date(2020, 12, 12),
            matches=1,
            articles=1,
            share=1.0,
            days=1,
            counted=1,
            coverage=1.0,
        ),
    ]


def test_several_agencies_are_counted_by_the_days_of_each(archive: Archive) -> None:
    (month,) = archive.trend("مسجد")
    assert (month.matches, month.articles, month.counted, month.days) == (3, 7, 5, 16)


def test_without_a_query_all_articles_match(archive: Archive) -> None:
    (month,) = archive.trend(agency="shabestan")
    assert (month.matches, month.articles, month.share) == (5, 5, 1.0)


def test_other_filters_narrow_what_the_share_is_of(archive: Archive) -> None:
    (month,) = archive.trend("مسجد", agency="shabestan", tag="هیچ")
    assert (month.matches, month.articles, month.share, month.counted) == (0, 0, None, 4)


def test_every_day_that_holds_an_article_counts_on_request(archive: Archive) -> None:
    (month,) = archive.trend("مسجد", agency="shabestan", every_day=True)
    assert (month.matches, month.articles, month.counted, month.days) == (7, 13, 7, 8)


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [
        ("1399-09-01", "1399-10-01", [("1399-09", 30, 4), ("1399-10", 1, 0)]),
        ("1399-09-16", "1399-09-20", [("1399-09", 5, 2)]),
        ("1398-01-01", "1398-01-31", [("1398-01", 31, 0)]),
        (None, "1399-09-16", [("1399-09", 2, 2)]),
        ("1399-09-22", None, [("1399-09", 1, 1)]),
    ],
)
def test_the_periods_are_those_of_the_window(
    archive: Archive, since: str | None, until: str | None, shown: list[tuple[str, int, int]]
) -> None:
    periods = archive.trend("مسجد", agency="shabestan", since=since, until=until)
    assert [(one.name, one.days, one.counted) for one in periods] == shown


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2020-12-06T20:29:59Z", date(2020, 12, 6)),
        ("2020-12-06T20:30:00Z", date(2020, 12, 7)),
        ("2020-07-01T19:29:59Z", date(2020, 7, 1)),  # in summer
        ("2020-07-01T19:30:00Z", date(2020, 7, 2)),
        ("2021-03-21T20:29:59Z", date(2021, 3, 21)),  # the clock goes from midnight to one
        ("2021-03-21T20:30:00Z", date(2021, 3, 22)),
        ("2021-09-21T19:30:00Z", date(2021, 9, 21)),  # the clock goes from midnight back to eleven
        ("2021-09-21T20:30:00Z", date(2021, 9, 22)),
        ("2023-07-01T20:29:59Z", date(2023, 7, 1)),  # summer time was given up
    ],
)
def test_an_article_belongs_to_the_day_on_tehrans_clock(published: str, day: date) -> None:
    assert _day(published) == day


def test_where_no_day_is_whole_there_is_no_period(archive: Archive) -> None:
    assert archive.trend("مسجد", agency="isna") == []


@pytest.mark.parametrize(
    ("by", "calendar", "names"),
    [
        ("day", "jalali", ["1399-12-29", "1399-12-30", "1400-01-01", "1400-01-02"]),
        ("day", "gregorian", ["2021-03-19", "2021-03-20", "2021-03-21", "2021-03-22"]),
        ("week", "jalali", ["1399-12-23", "1399-12-30"]),
        ("week", "gregorian", ["2021-03-13", "2021-03-20"]),
        ("month", "jalali", ["1399-12", "1400-01"]),
        ("month", "gregorian", ["2021-03"]),
    ],
)
def test_a_window_is_cut_by_either_calendar(by: By, calendar: Calendar, names: list[str]) -> None:
    spans = list(cut(date(2021, 3, 19), date(2021, 3, 22), by, calendar))
    assert [span.name for span in spans] == names
    assert [day for span in spans for day in span.days] == [date(2021, 3, number) for number in range(19, 23)]


def test_a_window_ends_where_the_calendars_do() -> None:
    assert len(list(cut(date.min, date.max, "month", "gregorian"))) == 2401


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"by": "year"}, "«year» is no period: count by day, week or month."),
        ({"calendar": "hijri"}, "«hijri» is no calendar: choose jalali or gregorian."),
    ],
)
def test_what_is_no_period_is_refused(archive: Archive, given: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as refused:
        archive.trend("مسجد", **given)
    assert str(refused.value) == said
