"""A page that failed: it is left alone for a while, longer each time, and in the end given up, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from agreement import rows
from archives import NOON
from crawls import crawl_at
from killing import summary

from bayegan.archive.ledger import Ledger, open_links
from bayegan.archive.writer import Writer
from bayegan.example import default_site
from bayegan.example.answering import Request, Response
from crawler.items import Link, Missed

if TYPE_CHECKING:
    from pathlib import Path

    from hostile_site import Twisted

    from conftest import Hostile
    from crawler.items import State


DAY = 24.0
LINK = Link(url="https://shabestan.news/news/103", news_code="103", day=date(2020, 12, 7))


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


def test_the_next_crawl_leaves_a_failing_page_alone_until_its_time_has_come(hostile: Hostile, tmp_path: Path) -> None:
    site, db = default_site(5, gone=False), tmp_path / "x.db"
    failing = Failing(site.stories[2].code)
    home, now = hostile(site=site, twist=failing).url, datetime.now(UTC)
    told = []
    for hours in (0, 0.5, 2):
        done = crawl_at(now + timedelta(hours=hours), home, db)
        told.append((hours, len(failing.asked), done.code))
    assert told == [(0, 1, 4), (0.5, 1, 0), (2, 2, 4)]
    failing.broken = False
    again = crawl_at(now + timedelta(hours=2), home, db, "--recheck", "100000")
    assert (again.code, summary(again)["new"]) == (0, 1)


def test_what_is_given_up_is_said_with_its_reason(hostile: Hostile, tmp_path: Path) -> None:
    site, db = default_site(5, gone=False), tmp_path / "x.db"
    failing = Failing(site.stories[2].code)
    home = hostile(site=site, twist=failing).url
    crawl_at(datetime.now(UTC), home, db)
    with Writer(db) as writer, writer.transaction() as conn:
        conn.execute("update ledger set attempts = 4, retry_at = null where state = 'failed'")
    said = crawl_at(datetime.now(UTC), home, db).said.splitlines()
    assert "1 page was given up, having failed in 5 runs (--recheck tries again), for example https://" in said[-1]
    assert said[-1].endswith("The page could not be had: HTTP 500.")
