"""What was taken down does not come back; and what the command says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import NOON, Clock, fill, story
from buried import EARLIER, KEY, found_anywhere, rows, three_hundred
from crawls import AZAR, crawl
from typer.testing import CliRunner
from warcs import PACK, STORIES, capture, file

from bayegan import open_archive
from bayegan.archive.ledger import Ledger
from bayegan.archive.lock import agency_lock
from bayegan.archive.writer import Writer
from bayegan.cli import app
from bayegan.example import default_site, serve_example
from bayegan.exporting import export
from bayegan.importing import import_file
from bayegan.merging import merge
from bayegan.search import Filter
from bayegan.takedown import Taken, UnknownArticleError, take_down
from crawler.items import Link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return three_hundred(tmp_path)


@pytest.fixture
def writer(archive: Path) -> Iterator[Writer]:
    with Writer(archive, busy_seconds=0.1) as opened:
        yield opened


def test_a_listing_that_names_it_again_changes_nothing(writer: Writer) -> None:
    take_down(writer, KEY)
    ledger = Ledger(writer, "shabestan")
    assert ledger.note([Link(url=EARLIER.url or "", news_code="500", day=NOON.date())], NOON, NOON.date()) == set()
    assert rows(writer, "SELECT state, url FROM ledger WHERE news_code = '500'") == [("taken_down", None)]


def test_no_import_brings_it_back(archive: Path, writer: Writer, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    with open_archive(archive) as opened:
        export(opened, kept, Filter())
    take_down(writer, KEY)
    summary = import_file(writer, kept, clock=Clock())
    assert summary.refused_count == 1
    assert summary.refused[0][1] == "shabestan/500 was taken down and is not kept again."
    assert rows(writer, "SELECT count(*) FROM articles WHERE news_code = '500'") == [(0,)]


@pytest.mark.parametrize("suffix", PACK)
def test_no_capture_brings_it_back_neither_the_same_nor_a_later_one(suffix: str, tmp_path: Path) -> None:
    one, other = STORIES[:2]
    captures = file(tmp_path / f"x{suffix}", capture(one), capture(other), capture(one, at="2020-12-11T00:00:00Z"))
    with Writer(tmp_path / "x.db") as writer:
        import_file(writer, captures, clock=Clock())
        take_down(writer, ("shabestan", one.code))
        again = import_file(writer, captures, clock=Clock())
        assert (again.new, again.unchanged, again.refused_count) == (0, 1, 2)
        assert {why for _, why in again.refused} == {f"shabestan/{one.code} was taken down and is not kept again."}
        assert rows(writer, "SELECT news_code FROM articles") == [(other.code,)]
        assert rows(writer, "SELECT count(*) FROM pages") == [(1,)]


def test_no_merge_brings_it_back_and_a_merged_tombstone_takes_it_down(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with Writer(fill(other / "y.db", [story("1000")])) as ours, Writer(archive) as theirs:
        merge(ours, archive)
        assert rows(ours, "SELECT count(*) FROM articles WHERE news_code = '500'") == [(1,)]
        take_down(theirs, KEY)
        merge(ours, archive)
        assert found_anywhere(other / "y.db", ours.conn) == set()
        assert rows(ours, "SELECT state, url FROM ledger WHERE news_code = '500'") == [("taken_down", None)]


def test_the_next_crawl_does_not_fetch_it(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with serve_example(default_site(gone=False)) as example:
        first = crawl(example.url, path, *AZAR, "--limit", "6")
        with Writer(path) as writer:
            ((code,),) = rows(writer, "SELECT max(news_code) FROM articles")
            take_down(writer, ("shabestan", code))
        again = crawl(example.url, path, *AZAR)
    assert (first.new, again.code, again.listed, again.held) == (6, 0, 39, 39)
    with Writer(path) as writer:
        assert rows(writer, "SELECT state, attempts FROM ledger WHERE news_code = ?", code) == [("taken_down", 1)]
        assert rows(writer, "SELECT count(*) FROM articles WHERE news_code = ?", code) == [(0,)]


def test_an_article_that_is_only_listed_gets_its_tombstone_too(writer: Writer) -> None:
    ledger = Ledger(writer, "shabestan")
    link = Link(url="https://shabestan.news/news/77", news_code="77", day=NOON.date())
    assert ledger.note([link], NOON) == {"77"}
    assert take_down(writer, ("shabestan", "77")) == Taken(agency="shabestan", news_code="77")
    assert ledger.note([link], NOON) == set()


def test_nothing_is_buried_that_the_archive_never_knew(writer: Writer) -> None:
    with pytest.raises(UnknownArticleError, match="knows no article shabestan/77"):
        take_down(writer, ("shabestan", "77"))
    assert rows(writer, "SELECT * FROM tombstones") == []


TAKEN = (
    "shabestan/500 was taken down, with 1 earlier readings and 2 pages.\n"
    "Exports and copies that were made before still have what they had.\n"
)
UNKNOWN = "The archive knows no article shabestan/77: `bayegan search` finds those it has.\n"
NOBODY = "Nobody is there to be asked whether it is to go for good: say --yes.\n"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["shabestan/500", "--yes"], 0, TAKEN),
        (["shabestan/۵۰۰", "--yes", "--why", "به درخواست"], 0, TAKEN),
        (["shabestan/500"], 2, NOBODY),
        (
            ["shabestan/77", "--yes"],
            1,
            "The archive knows no article shabestan/77: `bayegan search` finds those it has.\n",
        ),
        (["500", "--yes"], 2, "«500» is no article: write its agency and its news code, such as shabestan/1001756.\n"),
    ],
)
def test_the_command_says_what_became_of_it(archive: Path, words: list[str], code: int, said: str) -> None:
    done = CliRunner().invoke(app, ["takedown", *words, "--archive", str(archive)])
    assert (done.exit_code, done.stdout, done.stderr) == (code, "", said)


def test_the_command_done_again_says_since_when(archive: Path) -> None:
    words = ["takedown", "shabestan/500", "--yes", "--archive", str(archive)]
    CliRunner().invoke(app, words)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    assert done.stderr.startswith("shabestan/500 was taken down already (20")


def test_the_command_makes_no_archive(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["takedown", "a/1", "--yes", "--archive", str(tmp_path / "none.db")])
    assert done.exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_the_command_waits_for_no_run(archive: Path) -> None:
    with agency_lock(archive, "shabestan"):
        done = CliRunner().invoke(app, ["takedown", "shabestan/500", "--yes", "--archive", str(archive)])
    assert done.exit_code == 75
