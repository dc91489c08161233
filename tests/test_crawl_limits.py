"""Budgets of a crawl: pages, time, and whoever tells it to stop; the whole ends in good order, and the next goes on."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING, Any

import pytest
from agreement import disagreements, rows
from crawls import AZAR
from hostile_site import Twisted
from killing import Command, Trouble, wait_for
from many_crawls import AT_ONCE, PAGES, SMALL, crawl, slow, summaries, words
from typer.testing import CliRunner

from bayegan.cli import app, crawled

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


def test_pages_are_counted_over_all_and_the_next_run_goes_on(hostile: Hostile, db: Path) -> None:
    sites = {name: hostile(site=SMALL) for name in ("shabestan", "irna", "mehr")}
    homes = {name: site.url for name, site in sites.items()}
    done = crawl(homes, db, "--max-pages", str(PAGES + 5), "--jobs", "1", "--json")
    first, second = summaries(done)
    assert (first, second, done.code) == ("shabestan", "irna", 0)
    pages = [path for site in sites.values() for path in site.requests if path != "/robots.txt"]
    assert len(pages) == PAGES + 5
    assert "irna: The run's pages were spent (--max-pages): what is left stays listed" in done.said
    assert done.said.endswith("; 1 not begun (mehr): the next run begins with them\n")
    open_rows = rows(db, "select count(*) from ledger where state = 'listed'")
    assert open_rows > [(0,)]
    assert rows(db, "select count(*) from days where agency = 'irna' and complete") == [(0,)]
    again = crawl(homes, db, "--jobs", "1", "--json")
    assert (again.code, list(summaries(again))) == (0, ["mehr", "shabestan", "irna"])
    assert [one["held"] for one in summaries(again).values()] == [6, 6, 6]
    assert rows(db, "select agency, count(*) from days where complete group by 1") == [
        (name, 30) for name in ("irna", "mehr", "shabestan")
    ]


def test_at_the_time_limit_all_end_in_good_order_and_the_next_run_goes_on(hostile: Hostile, db: Path) -> None:
    sites = {name: hostile(site=SMALL, twist=slow) for name in ("shabestan", "irna")}
    homes = {name: site.url for name, site in sites.items()} | {"mehr": hostile(site=SMALL).url}
    began = time.monotonic()
    done = crawl(homes, db, "--time-limit", "4s", "--json")
    assert time.monotonic() - began < AT_ONCE
    told = {name: (one["exit"], one["listed"], one["held"]) for name, one in summaries(done).items()}
    assert (done.code, told) == (0, {"mehr": (0, 6, 6), "shabestan": (0, 6, 0), "irna": (0, 6, 0)})
    assert (
        done.said.count("The run's time was up (--time-limit): what is left stays listed, and the next run goes") == 2
    )
    assert rows(db, "select count(*) from runs where exit_code = 0 and ended is not null") == [(3,)]
    assert rows(db, "select agency, count(*) from ledger where state = 'listed' group by 1") == [
        ("irna", 6),
        ("shabestan", 6),
    ]
    for site in sites.values():
        site.twist = Twisted.plain
    again = crawl(homes, db, "--json")
    assert [one["held"] for one in summaries(again).values()] == [6, 6, 6]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_at_once_and_every_run_is_written_down(
    number: signal.Signals, hostile: Hostile, db: Path
) -> None:
    homes = {name: hostile(site=SMALL, twist=slow).url for name in ("shabestan", "irna", "mehr")}
    trouble = Trouble(homes=tuple(homes.items()))
    crawling = Command(words(db, *homes, options=(*AZAR, "--jobs", "2")), db.parent, trouble)
    wait_for(lambda: rows(db, "select count(distinct agency) from ledger") == [(2,)])
    began = time.monotonic()
    crawling.send(number)
    done = crawling.end()
    assert time.monotonic() - began < AT_ONCE
    assert done.code == 1
    assert done.said.count("The run was ended early (shutdown): the next one goes on where it stopped.") == 2
    assert done.said.endswith("Interrupted; what was acknowledged is kept.\n")
    assert done.out.splitlines()[-1].endswith("; 1 not begun (mehr): the next run begins with them")
    assert rows(db, "select exit_code, ended is not null from runs") == [(1, 1), (1, 1)]
    assert disagreements(db) == []


@pytest.mark.parametrize("written", ["", "0", "soon", "1.5h", "-3", "5d", "30 30"])
def test_a_time_limit_that_is_none_is_told_in_a_sentence(written: str) -> None:
    answered = CliRunner().invoke(app, ["crawl", "shabestan", "--time-limit", written])
    assert answered.exit_code == 2
    assert answered.stderr == (f"«{written}» is no length of time: write --time-limit 90 (minutes), 45m or 1h30m.\n")


@pytest.mark.parametrize(
    ("written", "seconds"), [("90", 5400), ("۴۵m", 2700), ("2h", 7200), ("1h30m", 5400), ("1H", 3600), ("20s", 20)]
)
def test_a_time_limit_is_minutes_unless_it_says_otherwise(
    written: str, seconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []

    def one(request: Any, **_: Any) -> crawled.Told:
        asked.append(request)
        return crawled.Told(0, "")

    monkeypatch.setattr(crawled, "one", one)
    CliRunner().invoke(app, ["crawl", "shabestan", "--time-limit", written])
    assert [request.limits.seconds for request in asked] == [seconds]
