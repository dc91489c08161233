"""Opening an archive to read: which file it is, what may not be written, and what is imported."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from archives import Clock, fetched, fill, story, take
from four_articles import filled

from bayegan import open_archive
from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("api") / "news.db")


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
