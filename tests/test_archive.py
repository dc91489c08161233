"""The file itself: its tables, who may open it, and what a broken one is called."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from archives import Clock, fetched, fill, story, take

from bayegan import open_archive
from bayegan.archive import header, schema
from bayegan.archive.faults import sentence, told
from bayegan.archive.index import Changes
from bayegan.archive.intake import Intake
from bayegan.archive.pages import pack, unpack
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable

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


def make_newer(path: Path) -> None:
    fill(path, [story()])
    with sqlite3.connect(path) as conn:
        conn.execute("INSERT INTO _sqlite_migrations VALUES (99, 'bayegan', '0099_from_tomorrow', '2030-01-01')")
    conn.close()


def make_newer_fold(path: Path) -> None:
    fill(path, [story()])
    with sqlite3.connect(path) as conn:
        conn.execute(f"PRAGMA user_version = {header.FOLD_VERSION + 1}")
    conn.close()


def make_foreign(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE recipes (name TEXT)")
    conn.close()


def make_text(path: Path) -> None:
    path.write_text("این پرونده پایگاه داده نیست. " * 50, encoding="utf-8")


def make_damaged(path: Path) -> None:
    fill(path, [story()])
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def make_folder(path: Path) -> None:
    path.mkdir()


UNREADABLE = [
    pytest.param(make_newer, "written by a newer bayegan (0099_from_tomorrow): update", id="newer schema"),
    pytest.param(make_newer_fold, "written by a newer bayegan (search index): update", id="newer fold"),
    pytest.param(make_foreign, "is a database of something else, no Bayegan archive", id="foreign"),
    pytest.param(make_text, "is no SQLite database", id="text"),
]


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


@pytest.mark.parametrize(("make", "told"), [*UNREADABLE, pytest.param(make_folder, "is a folder", id="folder")])
def test_a_writer_refuses_what_is_no_archive(archive: Path, make: Callable[[Path], None], told: str) -> None:
    make(archive)
    with pytest.raises(ArchiveError) as refused:
        Writer(archive)
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("make", "told"), UNREADABLE)
def test_a_refused_file_is_left_as_it_was(archive: Path, make: Callable[[Path], None], told: str) -> None:
    make(archive)
    before = archive.read_bytes()
    with pytest.raises(ArchiveError):
        Writer(archive)
    with pytest.raises(ArchiveError) as refused:
        open_archive(archive)
    assert told in str(refused.value)
    assert archive.read_bytes() == before


def test_a_damaged_file_is_called_damaged(archive: Path) -> None:
    make_damaged(archive)
    with pytest.raises(ArchiveError, match="is damaged"):
        fill(archive, [story("102")])
    with pytest.raises(ArchiveError, match="is damaged"):
        open_archive(archive)


def test_an_empty_file_becomes_an_archive(archive: Path) -> None:
    archive.touch()
    fill(archive, [story()])
    with open_archive(archive) as opened:
        assert opened.stats().articles == 1


def test_an_error_leaves_nothing_behind(archive: Path) -> None:
    with Writer(archive) as writer:
        with suppress(KeyboardInterrupt), writer.transaction() as conn:
            conn.execute("INSERT INTO agencies (name) VALUES ('shabestan')")
            raise KeyboardInterrupt
        assert not writer.conn.in_transaction
        assert list(writer.conn.execute("SELECT * FROM agencies")) == []


def test_a_transaction_inside_another_is_undone_alone(archive: Path) -> None:
    with Writer(archive) as writer:
        with writer.transaction() as conn:
            conn.execute("INSERT INTO agencies (name) VALUES ('outer')")
            with suppress(KeyboardInterrupt), writer.transaction():
                conn.execute("INSERT INTO agencies (name) VALUES ('inner')")
                raise KeyboardInterrupt
        assert list(writer.conn.execute("SELECT name FROM agencies")) == [("outer",)]


KILLED = """
import os, signal, sys
from pathlib import Path
from bayegan.archive.writer import Writer
with Writer(Path(sys.argv[1])) as writer:
    with writer.transaction() as conn:
        conn.execute("INSERT INTO agencies (name) VALUES ('kept')")
    with writer.transaction() as conn:
        conn.execute("INSERT INTO agencies (name) VALUES ('lost')")
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_writer_loses_only_what_it_had_not_committed(archive: Path) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, str(archive)], check=False).returncode == -9
    with Writer(archive) as writer:
        assert list(writer.conn.execute("SELECT name FROM agencies")) == [("kept",)]
        assert writer.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_second_writer_waits_for_the_first(archive: Path) -> None:
    with Writer(archive):
        pass
    order: list[str] = []

    def second() -> None:
        with Writer(archive) as writer, writer.transaction() as conn:
            order.append("second")
            conn.execute("INSERT INTO agencies (name) VALUES ('second')")

    with Writer(archive) as first:
        thread = threading.Thread(target=second)
        with first.transaction() as conn:
            thread.start()
            conn.execute("INSERT INTO agencies (name) VALUES ('first')")
            time.sleep(0.2)
            order.append("first")
        thread.join()
        assert order == ["first", "second"]
        assert list(first.conn.execute("SELECT name FROM agencies ORDER BY rowid")) == [("first",), ("second",)]


def test_a_writer_that_waits_too_long_says_so(archive: Path) -> None:
    with Writer(archive) as first, Writer(archive, busy_seconds=0.05) as second, first.transaction():
        with pytest.raises(ArchiveError, match="locked by another process: wait"), second.transaction():
            pass
        assert not second.conn.in_transaction


def test_a_reader_sees_the_last_commit_while_another_writes(archive: Path) -> None:
    fill(archive, [story("101")])
    with Writer(archive) as writer, open_archive(archive) as reader:
        with writer.transaction() as conn:
            conn.execute("DELETE FROM articles")
            assert reader.stats().articles == 1
        assert reader.stats().articles == 0


def test_a_full_disk_is_told_and_nothing_is_half_written(archive: Path) -> None:
    with Writer(archive) as writer:
        pages = writer.conn.execute("PRAGMA page_count").fetchone()[0]
        writer.conn.execute(f"PRAGMA max_page_count = {pages}")
        intake = Intake(writer, clock=Clock())
        noise = "".join(map(chr, range(0x20, 0x8000)))  # does not compress into the room that is left
        for code in ("101", "102"):
            take(intake, fetched(story(code), html=noise))
        with pytest.raises(ArchiveError, match="disk is full, nothing was written"):
            intake.flush()
        assert writer.conn.execute("SELECT count(*) FROM pages").fetchone() == (0,)
        assert intake.counts == {}

        writer.conn.execute("PRAGMA max_page_count = 100000")
        intake.flush()
        assert intake.counts == {"new": 2}


def test_a_read_only_file_is_told_before_anything_is_written(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write into any file, so that the file's answer is played."""
    fill(archive, [story()])
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ArchiveError, match="cannot be written: it or its folder is read-only"):
        Writer(archive)


def test_a_folder_that_may_not_be_entered_is_told(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300) / "news.db"  # too long a name: refused to root, too
    with pytest.raises(ArchiveError, match=r"cannot be reached \(File name too long\)"):
        Writer(path)
    with pytest.raises(ArchiveError, match=r"cannot be reached \(File name too long\)"):
        open_archive(path)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (sqlite3.SQLITE_BUSY, "locked by another process"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "locked by another process"),
        (sqlite3.SQLITE_READONLY_DIRECTORY, "it or its folder is read-only"),
        (sqlite3.SQLITE_CANTOPEN, "cannot be opened"),
        (sqlite3.SQLITE_FULL, "disk is full"),
        (sqlite3.SQLITE_IOERR_WRITE, "cannot be read or written"),
        (sqlite3.SQLITE_CORRUPT_VTAB, "is damaged"),
        (sqlite3.SQLITE_NOTADB, "no SQLite database"),
        (sqlite3.SQLITE_TOOBIG, "SQLite says: string or blob too big"),
    ],
)
def test_every_error_of_sqlite_has_a_sentence(archive: Path, code: int, told: str) -> None:
    error = sqlite3.OperationalError("string or blob too big")
    error.sqlite_errorcode = code
    assert told in sentence(archive, error)
    assert str(archive) in sentence(archive, error)


def test_a_wrong_call_of_ours_is_not_blamed_on_the_file(archive: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as conn, pytest.raises(sqlite3.ProgrammingError), told(archive):
        conn.execute("SELECT ?", ())


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


def test_an_older_fold_is_fed_anew(archive: Path) -> None:
    fill(archive, [story("101", title="هیأت رئیسه")])
    with sqlite3.connect(archive) as conn:
        conn.execute("PRAGMA user_version = 0")
        conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
    conn.close()
    with pytest.raises(ArchiveError, match="written by an older bayegan: `bayegan crawl"):
        open_archive(archive)
    with Writer(archive) as writer:
        assert schema.fold_of(writer.conn) == header.FOLD_VERSION
        writer.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    with open_archive(archive) as opened:
        assert [hit.news_code for hit in opened.search("هیات رییسه")] == ["101"]


def test_a_changed_fold_must_raise_the_version() -> None:
    """If this fails because the fold changed for the better: raise FOLD_VERSION, then write the new form here."""
    written = "هیأتِ رئيسهٔ ۱۲۳ می\u200cرود؛ Ökonomie ۴٫۵ «نقل» سـلام"
    assert (header.FOLD_VERSION, fold(written)) == (1, "هیات رییسه 123 می رود؛ ökonomie 4٫5 «نقل» سلام")


def test_removing_takes_exactly_what_was_added(archive: Path) -> None:
    texts = ("تیتر", None, "متن تازه\u200cای")
    matches = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'تازه'"
    with Writer(archive) as writer:
        (added := Changes()).add(7, texts)
        added.write(writer.conn)
        assert writer.conn.execute(matches).fetchall() == [(7,)]
        (removed := Changes()).remove(7, texts)
        removed.write(writer.conn)
        assert writer.conn.execute(matches).fetchall() == []
        writer.conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, articles_fts, row)")
        assert writer.conn.execute("SELECT term FROM words").fetchall() == []


@pytest.mark.parametrize("dictionary", [None, b"<html><body>the same header on every page</body></html>" * 4])
@pytest.mark.parametrize("body", [b"", b"x", "صفحه".encode() * 1000])
def test_a_page_comes_back_as_it_went_in(body: bytes, dictionary: bytes | None) -> None:
    assert unpack(pack(body, dictionary), dictionary) == body


def test_a_damaged_page_is_told() -> None:
    packed = bytearray(pack(b"a page of some length" * 10))
    packed[-1] ^= 0xFF
    with pytest.raises(ArchiveError, match="A kept page is damaged"):
        unpack(bytes(packed))
