"""Many agencies side by side in one process: nobody's trouble is another's, and the whole ends where it was told to."""

from __future__ import annotations

import json
import signal
import time
from dataclasses import replace
from datetime import timedelta
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from agreement import disagreements, held, rows
from archives import NOON
from crawls import AZAR, HASTE
from filelock import FileLock, Timeout
from hostile_site import INTERSTITIAL, Endless, Twisted, articles, fixed, of_code
from killing import Command, Ended, Trouble, run, wait_for
from typer.testing import CliRunner

from bayegan.archive.lock import agency_lock
from bayegan.archive.runs import Summary, begin, longest_ago_first
from bayegan.archive.writer import Writer
from bayegan.cli import app, crawled
from bayegan.crawling import Crawls
from bayegan.example import default_site
from bayegan.example.answering import Request, Response

if TYPE_CHECKING:
    from pathlib import Path

    from hostile_site import Twist

    from conftest import Hostile

PLAIN = default_site(60, gone=False)
PLAIN = replace(PLAIN, stories=tuple(replace(story, manner="plain") for story in PLAIN.stories))
SMALL = replace(PLAIN, stories=PLAIN.stories[:6])
PAGES = 9  # of a crawl of it: six articles, the listing twice, the sitemap of its days
AT_ONCE = 6.0  # seconds, on a busy machine; what is on its way takes half a minute


def words(archive: Path, *agencies: str, options: tuple[str, ...] = AZAR) -> tuple[str, ...]:
    haste = (f"--set={setting}" for setting in (*HASTE, "RETRY_TIMES=1"))
    return ("crawl", *agencies, "--archive", str(archive), *haste, *options)


def crawl(homes: dict[str, str], archive: Path, *options: str) -> Ended:
    trouble = Trouble(homes=tuple(homes.items()))
    return run(archive.parent, *words(archive, *homes, options=(*AZAR, *options)), trouble=trouble)


def summaries(done: Ended) -> dict[str, dict[str, Any]]:
    """Those of ``--json``, by agency."""
    return {one["agency"]: one for one in map(json.loads, done.out.splitlines())}


def slow(site: Twisted, request: Request) -> Response:
    """Every article is half a minute on its way."""
    return replace(site.plain(request), delay=30.0 if articles(request) else 0.0)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


def test_agencies_are_crawled_side_by_side_and_each_is_told_of_as_it_ends(hostile: Hostile, db: Path) -> None:
    homes = {name: hostile(site=SMALL).url for name in ("shabestan", "irna", "mehr")}
    done = crawl(homes, db)
    assert (done.code, done.said) == (0, "")
    *each, last = done.out.splitlines()
    assert sorted(line.partition(" new")[0] for line in each) == [
        "irna: 6 listed, 6 held, 6",
        "mehr: 6 listed, 6 held, 6",
        "shabestan: 6 listed, 6 held, 6",
    ]
    assert last.startswith("3 agencies: 18 listed, 18 held, 18 new, 12 duplicate; ")
    assert rows(db, "select agency, count(*) from articles group by 1 order by 1") == [
        ("irna", 6),
        ("mehr", 6),
        ("shabestan", 6),
    ]
    assert rows(db, "select count(*), min(exit_code), max(ended is not null) from runs") == [(3, 0, 1)]
    again = crawl(homes, db, "--json")
    assert {name: (one["held"], one["new"], one["exit"]) for name, one in summaries(again).items()} == dict.fromkeys(
        homes, (6, 0, 0)
    )
    assert again.said.startswith("3 agencies: 18 listed, 18 held, 0 new; ")


def test_one_agencys_trouble_is_never_anothers(hostile: Hostile, db: Path) -> None:
    block = Response(body=INTERSTITIAL.encode())
    twists: dict[str, tuple[Twist, int, int]] = {  # what happens, the exit code, how many are held
        "shabestan": (Twisted.plain, 0, 6),
        "irna": (fixed(block), 5, 0),
        "isna": (fixed(Response(status=500)), 3, 0),
        "shana": (fixed(Endless(), of_code(SMALL.stories[1].code)), 4, 5),
        "mehr": (Twisted.plain, 75, 0),
    }
    homes = {name: hostile(site=SMALL, twist=twist).url for name, (twist, _, _) in twists.items()}
    homes["ibna"] = "http://nobody:secret@127.0.0.1"  # a home that its spider refuses to begin with
    with agency_lock(db, "mehr"):
        done = crawl(homes, db, "--json", "--set=DOWNLOAD_MAXSIZE=200000")
    told = {name: (one["exit"], one["held"]) for name, one in summaries(done).items()}
    assert told == {name: (code, kept) for name, (_, code, kept) in twists.items()} | {"ibna": (2, 0)}
    assert done.code == 75
    assert f"mehr: Another run holds mehr in {db}: wait for it to end, then try again.\n" in done.said
    assert "ibna: A home is written into the archive: give its address without a name and a password.\n" in done.said
    assert done.said.splitlines()[-1].endswith(
        "; 1 held by another run (mehr); 1 misused (ibna); 1 blocked (irna); 1 silent (isna); "
        "1 with pages that failed (shana)"
    )
    assert "Traceback" not in done.said
    assert disagreements(db) == []


@pytest.mark.parametrize(("jobs", "together"), [("1", False), ("2", True)])
def test_no_more_agencies_are_crawled_at_once_than_jobs(
    jobs: str, db: Path, hostile: Hostile, *, together: bool
) -> None:
    asked: list[str] = []

    def noted(name: str) -> Twist:
        def twist(site: Twisted, request: Request) -> Response:
            asked.append(name)
            return site.plain(request)

        return twist

    homes = {name: hostile(site=SMALL, twist=noted(name)).url for name in ("shabestan", "irna")}
    assert crawl(homes, db, "--jobs", jobs).code == 0
    turns = [name for name, before in zip(asked, [None, *asked], strict=False) if name != before]
    assert (len(turns) > 2) is together


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
    done = crawl(homes, db, "--time-limit", "2s", "--json")
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


def test_processes_that_write_one_archive_at_once_wait_for_each_other(hostile: Hostile, db: Path) -> None:
    """Every article is a transaction of its own, and the archive is made by whoever comes first."""
    running = []
    for name in ("shabestan", "irna", "mehr"):
        folder = db.parent / name
        folder.mkdir()
        home = hostile(site=PLAIN).url
        every = words(db, name, options=(*AZAR, "--set=BAYEGAN_BATCH=1"))
        running.append(Command(every, folder, Trouble(homes=((name, home),))))
    ended = [one.end() for one in running]
    assert [(one.code, one.said) for one in ended] == [(0, ""), (0, ""), (0, "")]
    assert rows(db, "select agency, count(*) from articles group by 1 order by 1") == [
        ("irna", 60),
        ("mehr", 60),
        ("shabestan", 60),
    ]
    assert len(held(db)) == 60
    assert disagreements(db) == []


def test_who_writes_without_a_pause_starves_nobody(db: Path) -> None:
    """Whoever waits comes before whoever has just written, however quick that one is."""
    order: list[str] = []

    def wait() -> None:
        with Writer(db) as patient, patient.transaction():
            order.append("the patient")

    def somebody_waits() -> bool:
        lock = FileLock(db.with_name(f".{db.name}.turn.lock"), timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return True
        lock.release()
        return False

    with Writer(db) as greedy:
        waiting = Thread(target=wait)
        with greedy.transaction():
            waiting.start()
            wait_for(somebody_waits)
        with greedy.transaction():
            order.append("the greedy")
        waiting.join()
    assert order == ["the patient", "the greedy"]


def test_the_lock_of_a_run_that_was_killed_is_free_at_once(hostile: Hostile, db: Path) -> None:
    site = hostile(site=SMALL, twist=slow)
    homes = {"shabestan": site.url, "irna": site.url}
    crawling = Command(words(db, *homes), db.parent, Trouble(homes=tuple(homes.items())))
    wait_for(lambda: rows(db, "select count(distinct agency) from ledger") == [(2,)])
    assert crawl({"irna": site.url}, db).code == 75
    crawling.send(signal.SIGKILL)
    assert crawling.end().code == -signal.SIGKILL
    site.twist = Twisted.plain
    again = crawl({"irna": site.url}, db)
    assert again.code == 0
    assert again.said.startswith("Run ")
    assert "was cut off before its end: what it left open is fetched first.\n" in again.said


def test_whoever_was_crawled_longest_ago_is_crawled_first(tmp_path: Path) -> None:
    with Writer(tmp_path / "x.db") as writer:
        for name, day in (("irna", 3), ("mehr", 1), ("irna", 1), ("isna", 2)):
            begin(writer, name, NOON + timedelta(days=day), home="", window=None, version="1")
        order = longest_ago_first(writer.conn, ["irna", "isna", "mehr", "shabestan"])
    assert order == ["shabestan", "mehr", "isna", "irna"]


def test_an_archive_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("not a database at all, only some text that is long enough for a header" * 9)
    done = run(tmp_path, *words(tmp_path / "x.db", "shabestan", "irna"))
    assert (done.code, done.out) == (1, "")
    assert done.said == f"{tmp_path / 'x.db'} is no SQLite database: name another file with --archive.\n"


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

    def one(request: Any, **_: Any) -> int:
        asked.append(request)
        return 0

    monkeypatch.setattr(crawled, "one", one)
    CliRunner().invoke(app, ["crawl", "shabestan", "--time-limit", written])
    assert [request.limits.seconds for request in asked] == [seconds]


def test_the_last_line_names_a_few_of_each_trouble(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = {"a": 0, "b": 4, "c": 3, "d": 4, "e": 4, "f": 4, "g": 4, "h": 4}
    ended = tuple(Summary(agency=name, listed=2, exit=code, requests=1) for name, code in codes.items())
    monkeypatch.setattr("bayegan.crawling.crawl_each", lambda *_: Crawls(summaries=ended, left=("z",)))
    assert crawled.several([], as_json=False) == 3
    assert capsys.readouterr().out == (
        "8 agencies: 16 listed, 0 held, 0 new; 8 requests; 1 silent (c); 6 with pages that failed (b, d, e, f, g, …); "
        "1 not begun (z): the next run begins with them\n"
    )
