"""What was taken down is gone: from every table, from the index, from the bytes of the file, and for good."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from archives import Clock, fill, story
from buried import KEY, SECRET, WORDS, found_anywhere, rows, three_hundred

from bayegan import open_archive
from bayegan.archive import burying
from bayegan.archive.lock import agency_lock
from bayegan.archive.pages.packing import Unpacking, pack
from bayegan.archive.writer import Writer
from bayegan.takedown import Taken, take_down
from crawler.errors import AgencyBusyError, ArchiveError

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


def test_every_word_of_it_is_there_before_and_none_after(archive: Path, writer: Writer) -> None:
    assert found_anywhere(archive, writer.conn) == set(WORDS)
    taken = take_down(writer, KEY, why="به درخواست دادگاه", clock=Clock())
    assert found_anywhere(archive, writer.conn) == set()  # while the file is open, its log beside it
    writer.close()
    with closing(sqlite3.connect(archive)) as conn:
        assert found_anywhere(archive, conn) == set()
        assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert taken == Taken(agency="shabestan", news_code="500", held=True, revisions=1, pages=2)


def test_only_its_tombstone_and_a_bare_row_of_the_ledger_stay(writer: Writer) -> None:
    take_down(writer, KEY, why="به درخواست دادگاه", clock=Clock())
    assert rows(writer, "SELECT * FROM tombstones") == [
        ("shabestan", "500", "2020-12-07T08:30:00Z", "به درخواست دادگاه")
    ]
    assert rows(writer, "SELECT state, url, error, day FROM ledger WHERE news_code = '500'") == [
        ("taken_down", None, None, "2020-12-07")
    ]
    for table in ("articles", "pages"):
        assert rows(writer, f"SELECT count(*) FROM {table}") == [(300,)]
    assert rows(writer, "SELECT count(*) FROM revisions") == [(0,)]
    assert rows(writer, "SELECT name FROM tags ORDER BY id") == [("كتاب",), ("شورای شهر",)]
    assert rows(writer, "SELECT name FROM sections") == [("فرهنگی",)]


def test_the_others_stay_as_they_were(archive: Path, writer: Writer) -> None:
    with open_archive(archive) as before:
        then = {row.news_code: row for row in before.articles()}
    take_down(writer, KEY)
    with open_archive(archive) as after:
        assert {row.news_code: row for row in after.articles()} == {
            code: row for code, row in then.items() if code != "500"
        }
        assert len(list(after.articles("کتابخانه"))) == 300
        assert after.page_bytes("shabestan", "2007") == "<html>سه کتابخانه تازه در شهر 2007</html>".encode()


@pytest.mark.parametrize(
    ("url", "stays"),
    [
        ("https://shabestan.news/news/500", True),
        ("https://www.tabnak.ir/fa/news/500", True),
        ("https://shabestan.news/news/500/خبر-تازه", False),
        ("https://shabestan.news/news/500/%D8%AE%D8%A8%D8%B1", False),
        ("https://per.euronews.com/2020/12/07/iran-president-speaks-again", False),
    ],
)
def test_its_address_stays_only_where_it_does_not_tell_the_title(tmp_path: Path, url: str, *, stays: bool) -> None:
    with Writer(fill(tmp_path / "y.db", [story("500", url=url)])) as writer:
        take_down(writer, KEY)
        assert rows(writer, "SELECT url FROM ledger") == [(url if stays else None,)]


def test_who_said_the_same_is_linked_anew_and_named(tmp_path: Path) -> None:
    same = {"title": "یک خبر", "url": None}
    with Writer(fill(tmp_path / "y.db", [story(code, **same) for code in ("500", "501", "502")])) as writer:
        assert rows(writer, "SELECT news_code, duplicate_of FROM articles") == [("500", None), ("501", 1), ("502", 1)]
        taken = take_down(writer, KEY)
        assert rows(writer, "SELECT news_code, duplicate_of FROM articles") == [("501", None), ("502", 2)]
    assert taken.twins == (("shabestan", "501"), ("shabestan", "502"))


def test_why_another_was_refused_does_not_quote_it_any_longer(writer: Writer) -> None:
    writer.conn.execute(
        "INSERT INTO ledger (agency, news_code, listed_at, state, error) VALUES ('shabestan', '9', '', 'refused', ?)",
        (f"The code of shabestan/9 was reused: «{SECRET.title}» is held, «خبر دیگر» is refused.",),
    )
    take_down(writer, KEY)
    assert rows(writer, "SELECT error FROM ledger WHERE news_code = '9'") == [(None,)]


def test_a_dictionary_that_holds_its_text_goes_and_its_pages_are_packed_without(archive: Path, writer: Writer) -> None:
    foreign = f"<html><body class='article'><p>{SECRET.title}</p>".encode() * 9
    page = "<html><body class='article'><p>چیز دیگری</p>".encode()
    writer.conn.execute("INSERT INTO dictionaries VALUES (7, 'shabestan', '', ?, NULL)", (foreign,))
    writer.conn.execute("INSERT INTO dictionaries VALUES (8, 'shabestan', '', ?, NULL)", (b"<p class='harmless'>" * 9,))
    writer.conn.execute("UPDATE pages SET dictionary_id = 7, body = ? WHERE id = 5", (pack(page, foreign),))
    take_down(writer, KEY)
    assert rows(writer, "SELECT id FROM dictionaries") == [(1,), (8,)]  # the first is the archive's own
    assert rows(writer, "SELECT dictionary_id FROM pages WHERE id = 5") == [(None,)]
    assert Unpacking(writer.conn).page(5) == page
    assert found_anywhere(archive, writer.conn) == set()


def test_what_was_cut_off_before_the_file_was_written_anew_is_finished_later(
    archive: Path, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(burying, "wipe", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            take_down(writer, KEY, clock=Clock())
    assert rows(writer, "SELECT count(*) FROM articles WHERE news_code = '500'") == [(0,)]
    assert "body" in found_anywhere(archive, writer.conn)
    assert take_down(writer, KEY).before == "2020-12-07T08:30:00Z"
    assert found_anywhere(archive, writer.conn) == set()


def test_a_reader_that_keeps_the_log_is_told_of_and_later_the_bytes_go(archive: Path, writer: Writer) -> None:
    with closing(sqlite3.connect(archive, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM articles").fetchone()
        with pytest.raises(ArchiveError, match="another program reads the file"):
            take_down(writer, KEY)
        assert "body" in found_anywhere(archive, writer.conn)
    take_down(writer, KEY)
    assert found_anywhere(archive, writer.conn) == set()


def test_while_a_run_holds_the_agency_nothing_is_taken_down(archive: Path, writer: Writer) -> None:
    with agency_lock(archive, "shabestan"), pytest.raises(AgencyBusyError):
        take_down(writer, KEY)
    assert rows(writer, "SELECT count(*) FROM articles WHERE news_code = '500'") == [(1,)]
