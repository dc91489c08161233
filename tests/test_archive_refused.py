"""A file that is no archive, or that cannot be read or written: it is told in a sentence and left as it was."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from archives import fill, story

from bayegan import open_archive
from bayegan.archive import header
from bayegan.archive.faults import sentence, told
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
