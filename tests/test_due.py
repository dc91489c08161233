"""Which days a crawl looks at that was told none: since the last complete one, and earlier gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from agreement import rows
from archives import NOON, Clock, fetched, story, take
from crawls import AZAR, crawl_at
from killing import summary
from many_crawls import SMALL

from bayegan.archive import runs
from bayegan.archive.days import gaps, known_until
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.runs import Summary
from bayegan.archive.writer import Writer
from bayegan.example import default_site
from crawler.agencies import spider_class
from crawler.dates import TEHRAN
from crawler.items import Link, Missed, Walked
from crawler.walk import stretches

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile


LINK = Link(url="https://shabestan.news/news/103", news_code="103", day=date(2020, 12, 7))


def days(*numbers: int) -> tuple[date, ...]:
    """Of December 2020."""
    return tuple(date(2020, 12, number) for number in numbers)


def walk(ledger: Ledger, *numbers: int) -> None:
    for day in days(*numbers):
        ledger.walked(Walked(first=day, last=day), NOON + timedelta(days=30))


@pytest.mark.parametrize(
    ("walked", "most", "found"),
    [
        ((), 7, ()),
        ((5,), 7, ()),
        ((5, 6, 7), 7, ()),
        ((5, 9), 7, (8, 7, 6)),
        ((5, 9), 2, (8, 7)),
        ((1, 3, 6, 9), 7, (8, 7, 5, 4, 2)),
        ((5, 9, 20), 7, (8, 7, 6)),  # what lies behind the last complete day is walked anyway
    ],
)
def test_a_gap_is_a_day_that_nobody_walked_between_others_that_were(
    walked: tuple[int, ...], most: int, found: tuple[int, ...], tmp_path: Path
) -> None:
    with Writer(tmp_path / "x.db") as writer:
        walk(Ledger(writer, "shabestan"), *walked)
        walk(Ledger(writer, "irna"), 4, 30)
        assert gaps(writer.conn, "shabestan", most, date(2020, 12, 10), NOON) == days(*found)


def test_a_gap_that_could_not_be_healed_waits_a_week_and_then_comes_last(tmp_path: Path) -> None:
    with Writer(tmp_path / "x.db") as writer:
        ledger = Ledger(writer, "shabestan")
        walk(ledger, 1, 10)
        ledger.tried(days(9, 8), NOON)
        asked = (writer.conn, "shabestan", 4, date(2020, 12, 10))
        assert gaps(*asked, NOON + timedelta(days=6)) == days(7, 6, 5, 4)
        walk(ledger, 7, 6, 5)
        assert gaps(*asked, NOON + timedelta(days=6)) == days(4, 3, 2)
        assert gaps(*asked, NOON + timedelta(days=7)) == days(4, 3, 2, 9)
        assert gaps(*asked, NOON - timedelta(days=1)) == days(4, 3, 2, 9)  # it was tried by a clock that ran ahead


@pytest.mark.parametrize(
    ("listed", "walked", "exit_code", "since"),
    [
        ((), (), None, None),
        ((7, 6), (), 3, None),  # nothing was listed by a run: what is there came otherwise
        ((7, 6), (), 0, date(2020, 12, 6)),
        ((7, 6, 1), (), 0, date(2020, 12, 1)),
        ((), (), 0, date(2020, 11, 30)),  # a week before the first run
        ((7, 6), (4, 5), 0, date(2020, 12, 5)),
    ],
)
def test_news_are_looked_for_since_the_last_complete_day_or_what_the_first_run_listed(
    listed: tuple[int, ...],
    walked: tuple[int, ...],
    exit_code: int | None,
    since: date | None,
    tmp_path: Path,
) -> None:
    with Writer(tmp_path / "x.db") as writer:
        number = runs.begin(writer, "shabestan", NOON, home="", window=None, version="1")
        ledger = Ledger(writer, "shabestan", number)
        links = [replace(LINK, news_code=str(day), day=day) for day in days(*listed)]
        ledger.note([*links, replace(LINK, news_code="0", day=date(2001, 1, 1))], NOON)  # pinned for twenty years
        walk(ledger, *walked)
        ledger.settle(date(2021, 2, 1))
        if exit_code is not None:
            runs.end(writer, Summary(agency="shabestan", run=number, exit=exit_code), NOON)
        assert known_until(writer.conn, "shabestan") == since


@pytest.mark.parametrize(
    ("which", "most", "spans"),
    [
        ((), 31, []),
        ((5,), 31, [(5, 5)]),
        ((3, 5, 4), 31, [(3, 5)]),
        ((9, 8, 5, 3, 2), 31, [(8, 9), (5, 5), (2, 3)]),
        ((5, 4, 3, 2, 1), 2, [(4, 5), (2, 3), (1, 1)]),
    ],
)
def test_single_days_are_walked_together_where_they_follow_each_other(
    which: tuple[int, ...], most: int, spans: list[tuple[int, int]]
) -> None:
    assert list(stretches(days(*which), most=most)) == [days(*span) for span in spans]


def test_a_day_to_which_something_comes_late_is_counted_anew_whoever_brings_it(tmp_path: Path) -> None:
    with Writer(tmp_path / "x.db") as writer:
        ledger, today = Ledger(writer, "shabestan"), date(2020, 12, 20)
        walk(ledger, 6, 7, 8)
        ledger.settle(today, every=False)
        told = "select day, listed, complete from days order by day"
        assert writer.conn.execute("select count(*) from days where unsettled").fetchone() == (0,)
        ledger.note([LINK], NOON)
        intake = Intake(writer, clock=Clock(), batch=1)
        take(intake, fetched(story("8", published=datetime(2020, 12, 8, 9, tzinfo=TEHRAN)), at=None))
        ledger.settle(today, every=False)
        assert rows(tmp_path / "x.db", told) == [("2020-12-06", 0, 1), ("2020-12-07", 1, 0), ("2020-12-08", 1, 1)]
        ledger.missed(Missed(link=LINK, state="gone", reason="HTTP 404", status=404), NOON)
        ledger.settle(today, every=False)
        assert rows(tmp_path / "x.db", told)[1] == ("2020-12-07", 1, 1)


def test_what_an_earlier_crawl_left_open_is_fetched_before_anything_is_listed(hostile: Hostile, tmp_path: Path) -> None:
    site, db, now = hostile(site=SMALL), tmp_path / "x.db", datetime.now(UTC)
    assert crawl_at(now, site.url, db, *AZAR, "--max-pages", "5").code == 0
    left = [f"/{code}/" for (code,) in rows(db, "select news_code from ledger where state = 'listed'")]
    assert len(left) == 2
    before = len(site.requests)
    assert summary(crawl_at(now, site.url, db))["new"] == 2
    asked = [path for path in site.requests[before:] if path != "/robots.txt"]
    assert [any(code in path for code in left) for path in asked[:2]] == [True, True]
    assert asked[2] == "/rss"


def complete(archive: Path) -> list[Any]:
    return [day for (day,) in rows(archive, "select substr(day, 6) from days where complete order by day")]


def test_a_crawl_without_days_goes_back_to_the_last_complete_one_and_heals_gaps_within_its_budget(
    hostile: Hostile, tmp_path: Path
) -> None:
    whole, db = default_site(), tmp_path / "x.db"
    published = tuple(one for one in whole.stories if one.day <= date(2020, 12, 5))
    site = hostile(site=replace(whole, stories=published, slow_seconds=0.0))
    hours = (datetime(2020, 12, 5, hour, tzinfo=TEHRAN) for hour in range(3, 24))
    budget = ("--set", "BAYEGAN_GAP_DAYS=2")
    assert crawl_at(next(hours), site.url, db, "--from", "2020-11-25", "--to", "2020-11-26").code == 0
    assert crawl_at(next(hours), site.url, db, "--from", "2020-11-30", "--to", "2020-12-03").code == 0
    assert complete(db) == ["11-25", "11-26", "11-30", "12-01", "12-02", "12-03"]
    first = crawl_at(next(hours), site.url, db, *budget)
    assert first.code == 0, first.said
    assert complete(db) == ["11-25", "11-26", "11-28", "11-29", "11-30", "12-01", "12-02", "12-03", "12-04"]
    assert crawl_at(next(hours), site.url, db, *budget, "--dry-run").code == 0
    assert len(complete(db)) == 9
    assert crawl_at(next(hours), site.url, db, *budget).code == 0
    assert complete(db)[2] == "11-27"
    before = len(site.requests)
    assert summary(crawl_at(next(hours), site.url, db, *budget))["new"] == 0
    assert [path.partition("?")[0] for path in site.requests[before:]] == [
        "/robots.txt",
        "/rss",
        "/sitemap/news/sitemap.xml",
        "/archive",
    ]
    held = sum(one.manner != "gone" and one.day >= date(2020, 11, 25) for one in published)
    assert rows(db, "select count(*) from articles where published >= '2020-11-24T20:30:00Z'") == [(held,)]


def test_later_runs_of_a_site_that_lists_no_days_do_not_complain_of_it() -> None:
    spider = spider_class("varzesh3")(home="http://127.0.0.1:8000")
    spider.known_until = date(2026, 11, 20)
    list(spider.first_requests())
    assert spider.reasons == {}
