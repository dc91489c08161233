"""The search index of the file: the form of its words, and that it holds exactly what was added."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from archives import fill, story

from bayegan import open_archive
from bayegan.archive import header, schema
from bayegan.archive.index import Changes
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError
from crawler.text import fold

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


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
