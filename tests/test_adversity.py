"""What a machine does to a program short of killing it: signals, locks, other crawls, clocks.

Each ends with a sentence and an exit code, loses nothing that was acknowledged, and the same command goes on later.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from agreement import contents, disagreements, held, lost, rows
from archives import NOON, Clock, fetched, story, take
from crawls import crawl_words
from imports import WHOLE, lines
from killing import LOST, Command, Trouble, run, summary, wait_for

from bayegan import open_archive
from bayegan.archive import runs
from bayegan.archive.days import complete_days
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.writer import Writer
from bayegan.example import default_site
from crawler.items import Walked

if TYPE_CHECKING:
    from pathlib import Path

    from agreement import Contents
    from hostile_site import Twisted

    from bayegan.example.answering import Request, Response
    from conftest import Hostile

STORIES = 60
ENDED_EARLY = "The run was ended early (shutdown): the next one goes on where it stopped.\n"
AT_ONCE = 3.0  # seconds, on a busy machine; a page on its way takes half a minute here
FULL = ("The disk is full", "cannot be read or written (a quota, a limit of file sizes, or a fault)")
DAY = 86_400


def stuck(site: Twisted, request: Request) -> Response:
    """Every page but the first few is half a minute on its way."""
    return replace(site.plain(request), delay=30.0 if "/news/" in request.path and len(site.requests) > 12 else 0.0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_crawl_at_once_whatever_is_on_its_way(
    number: signal.Signals, hostile: Hostile, tmp_path: Path
) -> None:
    site, db = hostile(site=default_site(STORIES), twist=stuck), tmp_path / "x.db"
    crawl = Command(crawl_words(site.url, db), tmp_path)
    wait_for(lambda: len(held(db)) >= 3)
    began = time.monotonic()
    crawl.send(number)
    done = crawl.end()
    assert time.monotonic() - began < AT_ONCE
    assert (done.code, done.said) == (1, ENDED_EARLY)
    assert rows(db, "select ended is not null, exit_code from runs") == [(1, 1)]
    assert summary(done)["held"] == len(held(db))
    assert disagreements(db) == []


def test_a_signal_ends_an_import_at_once_and_the_next_goes_on(tmp_path: Path) -> None:
    moments, db = random.Random(5), tmp_path / "x.db"
    records = (WHOLE | {"news_code": str(n), "url": f"https://shabestan.news/news/{n}"} for n in range(1000, 1600))
    words = ("import", str(lines(tmp_path / "in.jsonl", *records)), "--archive", str(db))
    for number in (signal.SIGTERM, signal.SIGINT) * 3:
        importing = Command(words, tmp_path)
        importing.process.join(moments.uniform(0.03, 0.3))
        acknowledged = held(db)
        began = time.monotonic()
        done = importing.stop(number)
        spent = time.monotonic() - began
        assert done.code != 1 or spent < AT_ONCE or LOST < spent < LOST + AT_ONCE
        assert done.code in {0, 1, -number}
        # Nothing is said where the process had not yet come as far as the command.
        assert done.code != 1 or done.said in {"", "Interrupted; what was acknowledged is kept.\n"}
        assert lost(acknowledged, held(db)) == {}
    assert run(tmp_path, *words).code == 0
    assert len(held(db)) == 600
    assert disagreements(db) == []


@pytest.mark.parametrize("seed", range(2))
def test_a_signal_at_any_moment_finds_a_run_that_is_written_down_or_none(
    seed: int, unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    moments, db = random.Random(seed), tmp_path / "x.db"
    words = crawl_words(unhurried.url, db)
    for number in (signal.SIGTERM, signal.SIGINT) * 4:
        crawl = Command(words, tmp_path)
        crawl.process.join(moments.uniform(0.02, 0.8))
        acknowledged = held(db)
        crawl.send(number)
        crawl.send(number)  # an impatient scheduler
        done = crawl.end()
        assert lost(acknowledged, held(db)) == {}
        assert rows(db, "select count(*) from runs where ended is null") in ([], [(0,)])
        assert done.code in {0, 1, -number}  # the last: before the command has heard of signals
    assert run(tmp_path, *words).code == 0
    assert contents(db) == undisturbed


def test_a_lock_that_somebody_takes_in_the_middle_ends_the_crawl_with_a_sentence(
    unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    db = tmp_path / "x.db"
    crawl = Command(crawl_words(unhurried.url, db), tmp_path, Trouble(patience=0.3))
    wait_for(lambda: len(held(db)) > 5)
    with closing(sqlite3.connect(db, isolation_level=None, timeout=5)) as conn:
        conn.execute("begin immediate")
        acknowledged = held(db)
        done = crawl.end()
    assert done.code == 1
    assert "is locked by another process: wait until it has finished" in done.said
    assert "Traceback" not in done.said
    assert summary(done)["held"] == len(acknowledged)
    assert run(tmp_path, *crawl_words(unhurried.url, db)).said.startswith("Run 1 was cut off before its end")
    assert contents(db) == undisturbed


def test_a_second_crawl_and_an_import_of_the_agency_are_sent_away_and_the_first_ends(
    hostile: Hostile, tmp_path: Path
) -> None:
    db = tmp_path / "x.db"
    site = hostile(site=default_site(STORIES), twist=stuck)
    first = Command(crawl_words(site.url, db), tmp_path)
    wait_for(lambda: rows(db, "select count(*) from runs") == [(1,)])
    other = tmp_path / "other"
    other.mkdir()
    for words in (
        crawl_words(site.url, db),
        ("import", str(lines(other / "in.jsonl", WHOLE)), "--archive", str(db)),
    ):
        done = run(other, *words)
        assert done.code == 75
        assert done.said == f"Another run holds shabestan in {db}: wait for it to end, then try again.\n"
    first.send(signal.SIGTERM)
    assert (first.end().said, rows(db, "select count(*) from runs")) == (ENDED_EARLY, [(1,)])


def test_a_clock_that_is_put_back_in_the_middle_costs_nothing(
    unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    db = tmp_path / "x.db"
    done = run(tmp_path, *crawl_words(unhurried.url, db), trouble=Trouble(ahead=DAY, put_right=40))
    assert done.code == 0, done.said
    assert summary(done)["seconds"] >= 0
    assert contents(db) == undisturbed
    told = run(tmp_path, "runs", "--archive", str(db))
    assert told.code == 0
    assert "-8" not in told.out  # it did not take less than nothing


def test_a_clock_that_ran_ahead_is_told_of_and_what_it_walked_is_walked_again(
    unhurried: Twisted, tmp_path: Path
) -> None:
    db = tmp_path / "x.db"
    ahead = run(tmp_path, *crawl_words(unhurried.url, db), trouble=Trouble(ahead=400 * DAY))
    assert (ahead.code, ahead.said) == (0, "")
    right = run(tmp_path, *crawl_words(unhurried.url, db))
    assert right.code == 0
    assert right.said.startswith("The clock says ")
    assert "but run 1 began at " in right.said
    assert summary(right)["new"] == 0
    now = rows(db, "select ended from runs order by id desc limit 1")[0][0]
    assert rows(db, f"select count(*), min(complete) from days where walked_at <= '{now}'") == [(30, 1)]


def test_a_day_that_was_walked_later_than_now_is_walked_again(tmp_path: Path) -> None:
    """A clock that ran a year ahead took days for over that had not begun."""
    day = date(2021, 6, 1)
    with Writer(tmp_path / "x.db") as writer:
        ledger = Ledger(writer, "shabestan")
        ledger.walked(Walked(first=day, last=day), NOON + timedelta(days=365))
        ledger.doubt(NOON)
        ledger.settle(date(2021, 6, 2))
        assert complete_days(writer.conn, "shabestan", day, day) == frozenset()
        ledger.walked(Walked(first=day, last=day), NOON + timedelta(days=177))
        ledger.doubt(NOON + timedelta(days=177))
        ledger.settle(date(2021, 6, 2))
        assert complete_days(writer.conn, "shabestan", day, day) == {day}


def test_what_waits_is_written_when_the_clock_is_put_back(tmp_path: Path) -> None:
    """Or it would wait until the clock has come that far again."""
    clock = Clock()
    with Writer(tmp_path / "x.db") as writer:
        intake = Intake(writer, clock=clock, batch=100, seconds=2)
        take(intake, fetched(story("101")))
        assert intake.counts == {}
        clock.move(hours=-1)
        take(intake, fetched(story("102")))
        assert intake.counts["new"] == 2


def test_what_a_crawl_has_just_read_is_the_article_whatever_the_clock_says(tmp_path: Path) -> None:
    """An import of an older capture is an earlier reading; a crawl reads what the site says now."""
    with Writer(tmp_path / "x.db") as writer:
        run_id = runs.begin(writer, "shabestan", NOON, home="https://shabestan.news", window=None, version="1")
        intake = Intake(writer, clock=Clock(), run_id=run_id, batch=1)
        take(intake, fetched(story(title="نخست"), at=NOON))
        take(intake, fetched(story(title="سپس"), at=NOON - timedelta(days=1)))
    with open_archive(tmp_path / "x.db") as archive:
        article = archive.article("shabestan", "101")
        assert article is not None
        assert article.title == "سپس"
        assert [revision.title for revision in archive.revisions("shabestan", "101")] == ["نخست"]
