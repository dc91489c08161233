"""Many agencies side by side in one process: nobody's trouble is another's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from agreement import disagreements, rows
from archives import NOON
from crawls import AZAR
from hostile_site import INTERSTITIAL, Endless, Twisted, fixed, of_code
from killing import Trouble, run
from many_crawls import SMALL, crawl, summaries, words
from typer.testing import CliRunner

from bayegan.archive.lock import agency_lock
from bayegan.archive.runs import Summary, begin, longest_ago_first
from bayegan.archive.writer import Writer
from bayegan.cli import app, crawled
from bayegan.crawling import Crawls
from bayegan.example.answering import Request, Response
from crawler.agencies import all_agencies

if TYPE_CHECKING:
    from pathlib import Path

    from hostile_site import Twist

    from conftest import Hostile


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


def noted(name: str, asked: list[str]) -> Twist:
    """A site that writes down whose it is whenever it is asked."""

    def twist(site: Twisted, request: Request) -> Response:
        asked.append(name)
        return site.plain(request)

    return twist


def test_each_is_crawled_at_its_own_pace(hostile: Hostile, db: Path) -> None:
    """A pause between two requests to one site is none between those to another."""
    asked: list[str] = []
    homes = {name: hostile(site=SMALL, twist=noted(name, asked)).url for name in ("shabestan", "irna")}
    config = db.with_name("bayegan.toml")
    config.write_text("delay = 0\nscrapy.AUTOTHROTTLE_ENABLED = false\nagency.irna.delay = 0.5", encoding="utf-8")
    options = (*AZAR, "--limit", "3", "--config", str(config))
    done = run(db.parent, "crawl", *homes, "--archive", str(db), *options, trouble=Trouble(homes=tuple(homes.items())))
    assert done.code == 0, done.said
    assert asked.count("irna") == asked.count("shabestan")
    assert asked[-2:] == ["irna"] * 2


@pytest.mark.parametrize(("jobs", "together"), [("1", False), ("2", True)])
def test_no_more_agencies_are_crawled_at_once_than_jobs(
    jobs: str, db: Path, hostile: Hostile, *, together: bool
) -> None:
    asked: list[str] = []
    homes = {name: hostile(site=SMALL, twist=noted(name, asked)).url for name in ("shabestan", "irna")}
    assert crawl(homes, db, "--jobs", jobs).code == 0
    turns = [name for name, before in zip(asked, [None, *asked], strict=False) if name != before]
    assert (len(turns) > 2) is together


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


def test_the_last_line_names_a_few_of_each_trouble(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = {"a": 0, "b": 4, "c": 3, "d": 4, "e": 4, "f": 4, "g": 4, "h": 4}
    ended = tuple(Summary(agency=name, listed=2, exit=code, requests=1) for name, code in codes.items())
    monkeypatch.setattr("bayegan.crawling.crawl_each", lambda *_: Crawls(summaries=ended, left=("z",)))
    assert crawled.several([], as_json=False).code == 3
    assert capsys.readouterr().out == (
        "8 agencies: 16 listed, 0 held, 0 new; 8 requests; 1 silent (c); 6 with pages that failed (b, d, e, f, g, …); "
        "1 not begun (z): the next run begins with them\n"
    )


def test_all_are_all_that_are_known_and_with_names_it_is_said_that_both_cannot_be(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Any] = []

    def several(requests: Any, **_: Any) -> crawled.Told:
        asked.extend(one.agency for one in requests)
        return crawled.Told(0, "")

    monkeypatch.setattr(crawled, "several", several)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bayegan.toml").write_text("agencies = ['mehr', 'irna']", encoding="utf-8")
    said = []
    for line in ("crawl --all", "crawl", "crawl isna shana isna", "crawl --all mehr"):
        asked.clear()
        done = CliRunner().invoke(app, line.split())
        said.append((len(asked), asked[:2], done.exit_code))
    assert said == [
        (len(all_agencies()), ["abna", "afkarnews"], 0),
        (2, ["mehr", "irna"], 0),
        (2, ["isna", "shana"], 0),
        (0, [], 2),
    ]
