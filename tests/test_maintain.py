"""`bayegan maintain`: index, log and free room put in order, and never in a crawl's way."""

from __future__ import annotations

import json
import resource
import shutil
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from agreement import contents, disagreements, rows
from archives import fill, story
from crawls import crawl_words
from killing import Command, wait_for
from typer.testing import CliRunner

from bayegan import open_archive
from bayegan.archive.lock import agency_lock
from bayegan.cli import app
from bayegan.maintaining import maintain
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agreement import Contents
    from hostile_site import Twisted

SEGMENTS = "select count(distinct segid) from articles_fts_idx"
FREE = "pragma freelist_count"
EMPTY_PAGES = "update pages set body = zeroblob(0)"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirty articles, stored five at a time: an index of several segments."""
    db = tmp_path_factory.mktemp("grown") / "x.db"
    for code in range(101, 131, 5):
        fill(db, [story(str(code + more)) for more in range(5)])
    return db


@pytest.fixture
def archive(grown: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(grown, tmp_path))


@pytest.fixture
def hollow(archive: Path) -> Path:
    """An archive of which more than a quarter is free."""
    with closing(sqlite3.connect(archive, isolation_level=None)) as conn:
        conn.execute("create table filling (bytes)")
        conn.executemany("insert into filling values (zeroblob(?))", [(100_000,)] * 10)
        conn.execute("drop table filling")
    assert rows(archive, FREE)[0][0] > 200
    return archive


def holds(archive: Path, count: int) -> bool:
    return len(rows(archive, "select id from articles")) >= count


def log(archive: Path) -> int:
    file = archive.with_name("x.db-wal")
    return file.stat().st_size if file.exists() else 0


def newest(archive: Path) -> list[str]:
    with open_archive(archive) as opened:
        return [hit.news_code for hit in opened.search("کتابخانه تازه", limit=50)]


def test_the_segments_of_the_index_become_one_and_find_the_same(archive: Path) -> None:
    before, found = rows(archive, SEGMENTS)[0][0], newest(archive)
    assert before > 2
    assert len(found) == 30
    done = maintain(archive, many_segments=2)
    assert done.segments == (before, 1)
    assert rows(archive, SEGMENTS) == [(1,)]
    assert newest(archive) == found
    assert disagreements(archive) == []
    assert maintain(archive, many_segments=2).segments == (1, 1)


def test_few_segments_stay(archive: Path) -> None:
    before = rows(archive, SEGMENTS)[0][0]
    assert maintain(archive, many_segments=before).segments == (before, before)


def test_the_log_goes_back_into_the_file(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as crawl:  # which keeps the log from being put away by whoever ends last
        with crawl:
            crawl.execute("insert into tags (name) values ('کتابخانه')")
        written = log(archive)
        assert written > 4096
        done = maintain(archive)
        assert done.log == (written, 0)
        assert log(archive) == 0
        assert done.put_off == ()


def test_a_log_that_somebody_still_reads_stays_and_is_told(archive: Path) -> None:
    with closing(sqlite3.connect(archive, isolation_level=None)) as reader, closing(sqlite3.connect(archive)) as crawl:
        reader.execute("begin")
        reader.execute("select count(*) from articles").fetchone()
        with crawl:
            crawl.execute("insert into tags (name) values ('کتابخانه')")
        done = maintain(archive)
        kept = log(archive)
        assert kept > 4096
        assert done.put_off == (
            f"The log keeps its size ({kept:,} bytes), since another program reads or writes just now.",
        )
    assert rows(archive, "select count(*) from tags where name = 'کتابخانه'") == [(1,)]


def test_a_file_that_is_free_to_more_than_a_quarter_is_written_anew(hollow: Path) -> None:
    before, size = contents(hollow), hollow.stat().st_size
    done = maintain(hollow, free_bytes=1_000_000)
    assert done.vacuumed
    assert done.size == (size, hollow.stat().st_size)
    assert hollow.stat().st_size < size - 900_000
    assert rows(hollow, FREE) == [(0,)]
    assert contents(hollow) == before
    assert disagreements(hollow) == []
    assert log(hollow) == 0


def test_a_file_with_little_room_in_it_stays_as_it_is(hollow: Path) -> None:
    size = hollow.stat().st_size
    done = maintain(hollow)  # a million bytes are not worth it
    assert (done.vacuumed, done.size, done.put_off) == (False, (size, size), ())


class Usage(NamedTuple):
    total: int = 0
    used: int = 0
    free: int = 1000


OBSTACLES = [
    ("a crawl", "since shabestan is being crawled: try again when no crawl runs."),
    ("a full disk", "bytes beside it: make room on the disk."),
]


@pytest.mark.parametrize(("what", "said"), OBSTACLES, ids=[one[0] for one in OBSTACLES])
def test_what_stands_in_the_way_of_writing_it_anew_is_told(
    what: str, said: str, hollow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(hollow)) as conn, conn:
        conn.execute(
            "insert or ignore into agencies (name, title, home) values ('shabestan', 'شبستان', 'https://x.ir')"
        )
    size = hollow.stat().st_size
    with ExitStack() as stack:
        if what == "a crawl":
            stack.enter_context(agency_lock(hollow, "shabestan"))
        else:
            monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage())
        done = maintain(hollow, free_bytes=1_000_000)
    (told,) = done.put_off
    assert told.endswith(said)
    assert "bytes are free in the file, and it is not written anew" in told
    assert (done.vacuumed, hollow.stat().st_size) == (False, size)


def test_an_archive_that_is_locked_for_long_is_told_and_stays_as_it_is(archive: Path) -> None:
    before = contents(archive)
    with closing(sqlite3.connect(archive, isolation_level=None)) as crawl:
        crawl.execute("begin immediate")
        with pytest.raises(ArchiveError, match=r"x\.db is locked by another process: wait until it has finished"):
            maintain(archive, many_segments=1, patience=0.05)
        crawl.execute("insert into tags (name) values ('کتابخانه')")
        crawl.execute("commit")
    assert contents(archive) == before
    assert disagreements(archive) == []
    assert rows(archive, "select count(*) from tags where name = 'کتابخانه'") == [(1,)]


def test_a_crawl_beside_it_ends_as_if_nothing_had_been(
    unhurried: Twisted, undisturbed: Contents, tmp_path: Path
) -> None:
    db = tmp_path / "x.db"
    crawl = Command(crawl_words(unhurried.url, db), tmp_path)
    merged = []
    for count in (10, 30, 50, 70):
        wait_for(partial(holds, db, count))
        done = maintain(db, many_segments=1)
        merged.append(done.segments[0] > done.segments[1])
    ended = crawl.end()
    assert ended.code == 0, ended.said
    assert any(merged)
    assert contents(db) == undisturbed
    assert disagreements(db) == []


def test_the_command_tells_what_it_did_to_people_and_to_machines(archive: Path) -> None:
    told = CliRunner().invoke(app, ["maintain", "--archive", str(archive)])
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.startswith(f"{archive}: 0.")
    assert " MB; log 0 bytes; segments of the index " in told.stdout
    read: dict[str, Any] = json.loads(CliRunner().invoke(app, ["maintain", "--archive", str(archive), "--json"]).stdout)
    size = archive.stat().st_size
    assert read == read | {"path": str(archive), "size": [size, size], "log": [0, 0], "vacuumed": False, "put_off": []}


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.db", "There is no archive at"), ("notes.txt", "is no SQLite database")],
)
def test_a_file_that_is_no_archive_stays_what_it_is(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not an archive at all, " * 99)
    done = CliRunner().invoke(app, ["maintain", "--archive", str(tmp_path / name)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]


@contextmanager
def no_growth() -> Iterator[None]:
    """As under a quota: files of this process cannot grow beyond 100,000 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_is_full_in_the_middle_is_told_and_nothing_is_lost(hollow: Path) -> None:
    before = contents(hollow)
    with no_growth(), pytest.raises(ArchiveError, match="The disk"):
        maintain(hollow, free_bytes=1_000_000)
    assert contents(hollow) == before
    assert disagreements(hollow) == []
