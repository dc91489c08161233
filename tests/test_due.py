"""What a crawl fetches that was told no days: what is new, what is open, what failed long enough ago, earlier gaps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from agreement import rows
from archives import NOON, Clock, fetched, story, take
from crawls import command
from killing import Ended, Trouble, run, summary

from bayegan.archive import runs
from bayegan.archive.days import gaps, known_until
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger, open_links
from bayegan.archive.runs import Summary
from bayegan.archive.writer import Writer
from bayegan.example import default_site
from bayegan.example.answering import Request, Response
from crawler.agencies import spider_class
from crawler.dates import TEHRAN
from crawler.items import Link, Missed, Walked
from crawler.walk import stretches

if TYPE_CHECKING:
    from pathlib import Path

    from hostile_site import Twisted

    from conftest import Hostile
    from crawler.items import State

HOUR = 1.0
DAY = 24.0
LINK = Link(url="https://shabestan.news/news/103", news_code="103", day=date(2020, 12, 7))


def days(*numbers: int) -> tuple[date, ...]:
    """Of December 2020."""
    return tuple(date(2020, 12, number) for number in numbers)


def walk(ledger: Ledger, *numbers: int) -> None:
    for day in days(*numbers):
        ledger.walked(Walked(first=day, last=day), NOON + timedelta(days=30))


# What failed.


@pytest.mark.parametrize(
    ("failures", "hours", "due"),
    [
        (1, 0, False),
        (1, 0.9, False),
        (1, 1, True),
        (2, 5.9, False),
        (2, 6, True),
        (3, 23.9, False),
        (3, DAY, True),
        (4, 3 * DAY - 0.1, False),
        (4, 3 * DAY, True),
        (5, 365 * DAY, False),
    ],
)
def test_a_page_that_failed_waits_ever_longer_and_is_given_up_in_the_end(
    failures: int, hours: float, *, due: bool, tmp_path: Path
) -> None:
    with Writer(tmp_path / "x.db") as writer:
        ledger = Ledger(writer, "shabestan")
        ledger.note([LINK], NOON)
        missed = Missed(link=LINK, state="failed", reason="HTTP 500", status=500)
        given_up = [ledger.missed(missed, NOON) for _ in range(failures)]
        assert given_up == [False, False, False, False, True][:failures]
        later = NOON + timedelta(hours=hours)
        assert ledger.note([LINK], later) == ({"103"} if due else set())
        assert [link.news_code for link in open_links(writer.conn, "shabestan", later)] == ["103"] * due
        named = open_links(writer.conn, "shabestan", NOON, LINK.day, LINK.day)
        assert [link.news_code for link in named] == ["103"] * (failures < 5)
        assert ledger.note([LINK], NOON, at_once=True) == ({"103"} if failures < 5 else set())
        assert ledger.note([LINK], NOON, LINK.day) == {"103"}  # its days are visited again
    kept = [("failed", failures, "HTTP 500")]
    assert rows(tmp_path / "x.db", "select state, attempts, error from ledger") == kept


@pytest.mark.parametrize(
    ("states", "attempts"),
    [
        (("blocked", "blocked", "blocked", "blocked", "blocked", "failed"), 1),
        (("failed", "failed", "blocked", "failed"), 1),
        (("failed", "failed"), 2),
    ],
)
def test_only_failures_that_follow_each_other_lead_to_giving_up(
    states: tuple[State, ...], attempts: int, tmp_path: Path
) -> None:
    with Writer(tmp_path / "x.db") as writer:
        ledger = Ledger(writer, "shabestan")
        ledger.note([LINK], NOON)
        for state in states:
            assert not ledger.missed(Missed(link=LINK, state=state, reason="so"), NOON)
    assert rows(tmp_path / "x.db", "select attempts from ledger") == [(attempts,)]


def test_a_page_that_failed_by_a_clock_that_ran_ahead_does_not_wait_for_it(tmp_path: Path) -> None:
    with Writer(tmp_path / "x.db") as writer:
        ledger = Ledger(writer, "shabestan")
        ledger.note([LINK], NOON)
        ledger.missed(Missed(link=LINK, state="failed", reason="so"), NOON + timedelta(days=400))
        assert ledger.note([LINK], NOON) == {"103"}


@dataclass
class Failing:
    """A site whose article of a code answers 500 until it is mended."""

    code: str
    broken: bool = True
    asked: list[str] = field(default_factory=list)

    def __call__(self, site: Twisted, request: Request) -> Response:
        if f"/{self.code}" not in request.path:
            return site.plain(request)
        self.asked.append(request.path)
        return Response(status=500) if self.broken else site.plain(request)


def at(moment: datetime, home: str, archive: Path, *options: str) -> Ended:
    """A crawl without days, or with those of ``options``, at a moment."""
    words = command(home, archive, "--set", "RETRY_TIMES=0", *options)[3:]
    return run(archive.parent, *words, trouble=Trouble(ahead=(moment - datetime.now(UTC)).total_seconds()))


def test_the_next_crawl_leaves_a_failing_page_alone_until_its_time_has_come(hostile: Hostile, tmp_path: Path) -> None:
    site, db = default_site(5, gone=False), tmp_path / "x.db"
    failing = Failing(site.stories[2].code)
    home, now = hostile(site=site, twist=failing).url, datetime.now(UTC)
    told = []
    for hours in (0, 0.5, 2):
        done = at(now + timedelta(hours=hours), home, db)
        told.append((hours, len(failing.asked), done.code))
    assert told == [(0, 1, 4), (0.5, 1, 0), (2, 2, 4)]
    failing.broken = False
    again = at(now + timedelta(hours=2), home, db, "--recheck", "100000")
    assert (again.code, summary(again)["new"]) == (0, 1)


def test_what_is_given_up_is_said_with_its_reason(hostile: Hostile, tmp_path: Path) -> None:
    site, db = default_site(5, gone=False), tmp_path / "x.db"
    failing = Failing(site.stories[2].code)
    home = hostile(site=site, twist=failing).url
    at(datetime.now(UTC), home, db)
    with Writer(db) as writer, writer.transaction() as conn:
        conn.execute("update ledger set attempts = 4, retry_at = null where state = 'failed'")
    said = at(datetime.now(UTC), home, db).said.splitlines()
    assert "1 page was given up, having failed in 5 runs (--recheck tries again), for example https://" in said[-1]
    assert said[-1].endswith("The page could not be had: HTTP 500.")


# Which days.


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
    assert at(next(hours), site.url, db, "--from", "2020-11-25", "--to", "2020-11-26").code == 0
    assert at(next(hours), site.url, db, "--from", "2020-11-30", "--to", "2020-12-03").code == 0
    assert complete(db) == ["11-25", "11-26", "11-30", "12-01", "12-02", "12-03"]
    first = at(next(hours), site.url, db, *budget)
    assert first.code == 0, first.said
    assert complete(db) == ["11-25", "11-26", "11-28", "11-29", "11-30", "12-01", "12-02", "12-03", "12-04"]
    assert at(next(hours), site.url, db, *budget, "--dry-run").code == 0
    assert len(complete(db)) == 9
    assert at(next(hours), site.url, db, *budget).code == 0
    assert complete(db)[2] == "11-27"
    before = len(site.requests)
    assert summary(at(next(hours), site.url, db, *budget))["new"] == 0
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
