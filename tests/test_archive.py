"""The file itself: its tables, how it is made and opened, and that other tools read it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from archives import fill, story

from bayegan import open_archive
from bayegan.archive import header, schema
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError

COLUMNS = {
    "agencies": "name title home family",
    "articles": "id agency news_code url title kicker lead body published published_jalali modified authors place "
    "image kind language content_hash reader page_id duplicate_of first_seen last_seen",
    "tags": "id name",
    "article_tags": "article_id tag_id",
    "sections": "id name",
    "article_sections": "article_id section_id",
    "revisions": "id article_id seen_at content_hash title kicker lead body tags page_id",
    "pages": "id url fetched_at status content_type etag last_modified sha256 dictionary_id body",
    "dictionaries": "id agency made_at body ratio",
    "ledger": "agency news_code url day listed_at via state attempts status error run_id retry_at",
    "days": "agency day walked_at listed complete tried_at unsettled",
    "joined_words": "glued parts articles",
    "copy_algorithm": "name",
    "signatures": "article_id sketch",
    "bands": "band article_id",
    "copies": "article_id other_id share back",
    "copy_groups": "article_id group_id",
    "tallies": "expression block articles",
    "listings": "url etag last_modified",
    "runs": "id agency started ended home window counts exit_code version",
    "tombstones": "agency news_code when why",
    "articles_fts": "body title lead",
    "article_list": "id agency news_code url title kicker lead body published published_jalali modified tags sections "
    "authors place image kind language reader duplicate_of first_seen last_seen",
}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.mark.parametrize(("table", "columns"), COLUMNS.items())
def test_every_table_has_its_columns(archive: Path, table: str, columns: str) -> None:
    with Writer(archive) as writer:
        found = [row[1] for row in writer.conn.execute(f"PRAGMA table_info({table})")]
    assert found == columns.split()


def test_there_are_no_other_tables(archive: Path) -> None:
    with Writer(archive) as writer:
        tables = {name for name in writer.db.table_names() + writer.db.view_names() if not name.startswith("_sqlite")}
    assert {name for name in tables if not name.startswith("articles_fts_")} == set(COLUMNS)


def test_a_new_archive_is_a_wal_file_that_says_what_it_is(archive: Path) -> None:
    with Writer(archive) as writer:
        asked = ("journal_mode", "application_id", "user_version", "foreign_keys", "synchronous")
        answers = [writer.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
        assert answers == ["wal", 0x4259474E, header.FOLD_VERSION, 1, 1]
        steps = (
            "0001_first_schema",
            "0002_dictionary_ratio",
            "0003_joined_words",
            "0004_copies",
            "0005_search_indexes",
            "0006_tallies",
            "0007_what_is_due",
        )
        assert schema.applied(writer.conn) == steps


def test_opening_again_changes_nothing(archive: Path) -> None:
    fill(archive, [story()])
    before = archive.read_bytes()
    with Writer(archive):
        pass
    assert archive.read_bytes() == before


def test_the_search_index_is_known_to_other_tools(archive: Path) -> None:
    with Writer(archive) as writer:
        assert writer.db.table("articles").detect_fts() == "articles_fts"


def test_the_default_folder_is_made_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Writer(Path("data/bayegan.db")):
        assert (tmp_path / "data" / "bayegan.db").is_file()
    with pytest.raises(ArchiveError, match=r"The folder .*nowhere does not exist: make it"):
        Writer(tmp_path / "nowhere" / "bayegan.db")


def test_an_empty_file_becomes_an_archive(archive: Path) -> None:
    archive.touch()
    fill(archive, [story()])
    with open_archive(archive) as opened:
        assert opened.stats().articles == 1


def test_plain_sqlite_reads_the_view(archive: Path) -> None:
    fill(archive, [story("101"), story("102", tags=(), sections=(), authors=("الف", "ب"))])
    conn = sqlite3.connect(archive)
    rows = conn.execute("SELECT news_code, tags, sections, authors FROM article_list ORDER BY news_code").fetchall()
    conn.close()
    assert rows == [
        ("101", "كتاب، شورای شهر", "فرهنگی", "مریم رضایی"),
        ("102", None, None, "الف، ب"),
    ]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the sqlite3 command is not installed here")
def test_the_sqlite3_command_reads_the_view(archive: Path) -> None:
    fill(archive, [story("101")])
    command = ["sqlite3", str(archive), "select published, published_jalali, tags from article_list"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout == "2020-12-07T08:00:00Z|1399-09-17|كتاب، شورای شهر\n"
