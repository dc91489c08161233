"""The Python side, as a notebook uses it: open_archive and what it gives."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from archives import LONG_TEXT, NOON, Clock, fetched, fill, story, take

import bayegan
from bayegan import open_archive
from bayegan.archive.intake import Intake
from bayegan.archive.rows import AgencyStats, Hit
from bayegan.archive.writer import Writer
from crawler.dates import TEHRAN
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.archive.reader import Archive

LEDGER = (
    ("shabestan", "1", "2020-12-06", "held"),
    ("shabestan", "2", "2020-12-06", "gone"),
    ("shabestan", "3", "2020-12-06", "taken_down"),
    ("shabestan", "4", "2020-12-06", "failed"),
    ("shabestan", "5", "2020-12-06", "held"),
    ("shabestan", "6", "2020-12-07", "listed"),
    ("shabestan", "7", "2020-12-08", "gone"),
    ("shabestan", "8", None, "refused"),
    ("example.ir", "1", "2020-12-06", "held"),
)
DAYS = (
    ("shabestan", "2020-12-05", 1),  # walked, and nothing was listed
    ("shabestan", "2020-12-06", 1),
    ("shabestan", "2020-12-07", 1),  # a row of it is open again
    ("shabestan", "2020-12-08", 0),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = fill(
        tmp_path_factory.mktemp("api") / "news.db",
        [
            story("101", modified=datetime(2020, 12, 7, 12, 0, tzinfo=TEHRAN), image="https://shabestan.news/1.jpg"),
            story("102", title="یک تیتر", kind="photo", published=datetime(2020, 12, 1, tzinfo=TEHRAN)),
            story("103", title="یک تیتر", published=None),
        ],
    )
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock())
        for hours, kicker in ((1, "یک"), (2, "دو")):
            take(intake, fetched(story("101", kicker=kicker), at=NOON + timedelta(hours=hours)))
        take(intake, fetched(story("104", agency="example.ir", url=None), at=None))
        intake.flush()
        writer.conn.execute("DELETE FROM ledger")
        writer.conn.executemany(
            "INSERT INTO ledger (agency, news_code, day, listed_at, state) VALUES (?, ?, ?, '2020-12-07T08:00:00Z', ?)",
            LEDGER,
        )
        writer.conn.executemany("INSERT INTO days (agency, day, complete) VALUES (?, ?, ?)", DAYS)
        writer.conn.execute(
            "INSERT INTO runs (agency, started, ended, home, window, counts, exit_code, version) VALUES ('shabestan',"
            " '2020-12-07T08:00:00Z', '2020-12-07T08:10:00Z', 'http://127.0.0.1:8000', '2020-12-01..2020-12-07',"
            " '{\"new\": 3}', 0, '0.1.0')"
        )
        writer.conn.execute("INSERT INTO runs (agency, started) VALUES ('example.ir', '2020-12-07T09:00:00Z')")
    return path


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with open_archive(path) as archive:
        yield archive


def test_the_version_is_the_distributions() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+|0\+checkout", bayegan.__version__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        bayegan.nothing  # noqa: B018 -- asking is the test


def test_an_article_comes_with_everything_that_is_known_of_it(archive: Archive) -> None:
    row = archive.article("shabestan", "101")
    assert row is not None
    assert (row.agency, row.news_code, row.kicker, row.body) == ("shabestan", "101", "دو", LONG_TEXT)
    assert (row.tags, row.sections, row.authors) == (("كتاب", "شورای شهر"), ("فرهنگی",), ("مریم رضایی",))
    assert row.published == datetime(2020, 12, 7, 11, 30, tzinfo=TEHRAN)
    assert row.published.isoformat() == "2020-12-07T11:30:00+03:30"
    assert row.published_jalali == "1399-09-17"
    assert (row.first_seen, row.last_seen) == (NOON, NOON + timedelta(hours=2))
    assert row.duplicate_of is None


def test_a_row_gives_the_reading_back(archive: Archive) -> None:
    row = archive.article("shabestan", "103")
    assert row is not None
    assert row.article == story("103", title="یک تیتر", published=None)


def test_an_article_that_is_not_held_is_none(archive: Archive) -> None:
    assert archive.article("shabestan", "999") is None
    assert archive.article("nobody", "101") is None
    assert archive.page_bytes("shabestan", "999") is None
    assert archive.revisions("shabestan", "999") == []


def test_revisions_come_the_earliest_first(archive: Archive) -> None:
    revisions = archive.revisions("shabestan", "101")
    assert [(row.kicker, row.seen_at, row.tags) for row in revisions] == [
        ("فرهنگ", NOON, ("كتاب", "شورای شهر")),
        ("یک", NOON + timedelta(hours=1), ("كتاب", "شورای شهر")),
    ]


def test_the_page_is_given_as_it_was_served(archive: Archive) -> None:
    assert archive.page_bytes("shabestan", "102") == "<html>یک تیتر</html>".encode()
    assert archive.page_bytes("example.ir", "104") is None


def test_coverage_tells_what_is_missing_by_day(archive: Archive) -> None:
    shown = [
        (row.agency, row.day, (row.listed, row.held, row.failed, row.gone, row.missing), row.share, row.complete)
        for row in archive.coverage()
    ]
    assert shown == [
        ("example.ir", date(2020, 12, 6), (1, 1, 0, 0, 0), 1.0, False),
        ("shabestan", None, (1, 0, 0, 0, 1), 0.0, False),
        ("shabestan", date(2020, 12, 5), (0, 0, 0, 0, 0), None, True),
        ("shabestan", date(2020, 12, 6), (5, 2, 1, 1, 1), 2 / 3, True),
        ("shabestan", date(2020, 12, 7), (1, 0, 0, 0, 1), 0.0, False),
        ("shabestan", date(2020, 12, 8), (1, 0, 0, 1, 0), None, False),
    ]


def test_coverage_is_narrowed_by_agency_and_window(archive: Archive) -> None:
    rows = archive.coverage("shabestan", since="1399-09-16", until=date(2020, 12, 7))
    assert [(row.agency, row.day) for row in rows] == [
        ("shabestan", date(2020, 12, 6)), ("shabestan", date(2020, 12, 7)),
    ]  # fmt: skip


def test_runs_come_the_newest_first(archive: Archive) -> None:
    last, first = archive.runs()
    assert (last.agency, last.ended, last.counts, last.exit_code) == ("example.ir", None, {}, None)
    assert (first.window, first.counts, first.exit_code) == ("2020-12-01..2020-12-07", {"new": 3}, 0)
    assert first.started == datetime(2020, 12, 7, 8, 0, tzinfo=UTC)
    assert [run.id for run in archive.runs(limit=1)] == [last.id]


def test_stats_say_what_is_held(archive: Archive) -> None:
    stats = archive.stats()
    published = datetime(2020, 12, 7, 11, 30, tzinfo=TEHRAN)
    assert stats.agencies == (
        AgencyStats(agency="example.ir", articles=1, first_published=published, last_published=published),
        AgencyStats(
            agency="shabestan",
            articles=3,
            first_published=datetime(2020, 12, 1, tzinfo=TEHRAN),
            last_published=published,
        ),
    )
    assert stats.kinds == {"photo": 1, "text": 3}
    assert stats.ledger == {"failed": 1, "gone": 2, "held": 3, "listed": 1, "refused": 1, "taken_down": 1}
    counted = (stats.articles, stats.pages, stats.tags, stats.sections, stats.revisions, stats.duplicates, stats.runs)
    assert counted == (4, 5, 2, 1, 2, 1, 2)
    assert stats.bytes >= archive.path.stat().st_size
    assert 0 < stats.page_bytes < stats.bytes


def test_a_hit_is_an_article_and_a_snippet(archive: Archive) -> None:
    hit = archive.search("کتابخانه", limit=1)[0]
    assert isinstance(hit, Hit)
    assert hit.published_jalali == "1399-09-17"
    assert "«کتابخانه" in hit.marked_title
    assert "«کتابخانه" in hit.snippet


def test_the_database_of_sqlite_utils_is_at_hand_and_read_only(archive: Archive) -> None:
    assert archive.db.table("articles").count == 4
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        archive.db.execute("DELETE FROM articles")


@pytest.mark.parametrize("make", [None, Path.touch], ids=["missing", "empty"])
def test_where_there_is_no_archive_one_is_told_to_crawl(tmp_path: Path, make: object) -> None:
    path = tmp_path / "news.db"
    if callable(make):
        make(path)
    with pytest.raises(ArchiveError) as refused:
        open_archive(str(path))
    assert str(refused.value) == (
        f"There is no archive at {path}: crawl first (`bayegan crawl AGENCY`), or name one with --archive."
    )


def test_a_path_with_marks_of_addresses_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "a?b#c%20 د"
    folder.mkdir()
    with open_archive(fill(folder / "x&mode=rw.db", [story()])) as archive:
        assert archive.stats().articles == 1


def copied_without_log(path: Path, folder: Path) -> Path:
    copy = folder / "copy.db"
    copy.write_bytes(path.read_bytes())
    return copy


def test_a_read_only_folder_is_read_and_left_as_it_is(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write anywhere, so that the folder's answer is played; that nothing is made beside it is not."""
    copy = copied_without_log(path, tmp_path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with open_archive(copy) as archive:
        assert len(archive.search("کتابخانه")) == 4
        assert [file.name for file in tmp_path.iterdir()] == ["copy.db"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write into a read-only folder")
def test_a_folder_that_is_read_only_in_earnest(path: Path, tmp_path: Path) -> None:
    copy = copied_without_log(path, tmp_path)
    copy.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with open_archive(copy) as archive:
            assert archive.stats().articles == 4
        with pytest.raises(ArchiveError, match="read-only"):
            Writer(copy)
    finally:
        tmp_path.chmod(0o755)


def test_what_is_still_in_the_log_is_read_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.db"
    with Writer(path) as writer:
        take(intake := Intake(writer, clock=Clock()), fetched(story()))
        intake.flush()
        monkeypatch.setattr(os, "access", lambda *_: False)
        with open_archive(path) as archive:
            assert archive.stats().articles == 1


def test_an_error_of_sqlite_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = fill(tmp_path / "news.db", [story()])
    with open_archive(path) as archive:
        with sqlite3.connect(path) as conn:
            conn.execute("DROP TABLE revisions")
        conn.close()
        with pytest.raises(ArchiveError, match="could not be used, SQLite says: no such table: revisions"):
            archive.stats()


def test_articles_are_gone_through_a_batch_in_memory(tmp_path: Path) -> None:
    body = LONG_TEXT * 60  # about 12 kB
    path = fill(tmp_path / "news.db", (story(str(number), body=f"{number} {body}") for number in range(2000)))
    with open_archive(path) as archive:
        tracemalloc.start()
        seen = sum(1 for _ in archive.articles())
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert seen == 2000
    assert most < 25_000_000  # all of them would be 30 MB and more; a batch of 500 is a quarter


def test_going_through_shows_the_archive_as_it_was_at_the_start(tmp_path: Path) -> None:
    path = fill(tmp_path / "news.db", (story(str(number)) for number in range(600)))
    with open_archive(path) as archive, Writer(path) as writer:
        rows = archive.articles()
        first = next(rows)
        writer.conn.execute("UPDATE articles SET body = 'تازه'")
        assert {row.body for row in (first, *rows)} == {LONG_TEXT}
        assert {row.body for row in archive.articles()} == {"تازه"}


IMPORTS = """
import sys
import bayegan
with bayegan.open_archive(sys.argv[1]) as archive:
    archive.search("کتاب"), archive.coverage(), archive.stats(), list(archive.articles())
    print(sorted({"sqlite_utils", "scrapy", "twisted", "pandas", "typer"} & set(sys.modules)))
    archive.db
    print(sorted({"sqlite_utils", "scrapy", "twisted", "typer"} & set(sys.modules)))
"""


def test_reading_imports_neither_sqlite_utils_nor_scrapy(path: Path) -> None:
    ran = subprocess.run([sys.executable, "-c", IMPORTS, str(path)], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["[]", "['sqlite_utils']"]
