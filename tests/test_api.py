"""The Python side, as a notebook uses it: open_archive and what it gives."""

from __future__ import annotations

import re
import sqlite3
import tracemalloc
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from archives import LONG_TEXT, NOON, fill, story
from four_articles import filled

import bayegan
from bayegan import open_archive
from bayegan.archive.rows import AgencyStats, Hit
from bayegan.archive.writer import Writer
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bayegan.archive.reader import Archive


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("api") / "news.db")


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
