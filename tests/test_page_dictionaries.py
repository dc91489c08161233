"""Pages packed with a dictionary of their agency: made in time, renewed in time, and every page comes back."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from archives import NOON, Clock, fetched, story, take

from bayegan import open_archive
from bayegan.archive.intake import Intake
from bayegan.archive.pages import dictionaries
from bayegan.archive.pages.packing import Unpacking, pack, unpack
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.archive.pages.templates import Sample
    from bayegan.archive.writer import Writer


LETTERS = str.maketrans("0123456789", "ghijklmnop")


def rows(writer: Writer, statement: str) -> list[Any]:
    return writer.conn.execute(statement).fetchall()


def looks(seed: str, lines: int = 300) -> str:
    """Markup that is the same wherever the seed is, and hardly shrinks by itself."""
    names = (sha256(f"{seed}{n}".encode()).hexdigest().translate(LETTERS) for n in range(lines))
    return "\n".join(f'<i class="{name}"></i>' for name in names)


def add(writer: Writer, first: int, count: int, look: str, agency: str = "shabestan") -> None:
    """A run of its own that stores ``count`` articles with pages of this look, ten at a time."""
    intake = Intake(writer, clock=Clock(), batch=10)
    for number in range(first, first + count):
        article = story(str(number), agency=agency, url=f"https://{agency}.news/{number}")
        take(intake, fetched(article, html=f"<html>{look}<p>{article.title}</p></html>"))
    intake.flush()


def by_dictionary(writer: Writer) -> list[tuple[int | None, int, int]]:
    """Dictionary, how many pages were packed with it, and their mean size."""
    return rows(
        writer, "SELECT dictionary_id, count(*), CAST(avg(length(body)) AS INTEGER) FROM pages GROUP BY 1 ORDER BY 1"
    )


def assert_all_pages_come_back(writer: Writer) -> None:
    unpacking = Unpacking(writer.conn)
    kept = rows(writer, "SELECT id, sha256 FROM pages")
    assert [page for page, digest in kept if sha256(unpacking.page(page)).hexdigest() != digest] == []


def test_some_tens_of_pages_make_a_dictionary_and_later_pages_are_packed_with_it(writer: Writer) -> None:
    add(writer, 100, 60, looks("a"))
    (bare, before, size), (dictionary, after, small) = by_dictionary(writer)
    assert (bare, before, dictionary, after) == (None, 40, 1, 20)
    assert small < size / 20
    assert rows(writer, "SELECT agency, made_at FROM dictionaries") == [("shabestan", "2020-12-07T08:30:00Z")]
    assert_all_pages_come_back(writer)


def test_the_next_run_packs_with_it_from_its_first_page(writer: Writer, tmp_path: Path) -> None:
    add(writer, 100, 40, looks("a"))
    add(writer, 200, 1, looks("a"))
    assert [found[:2] for found in by_dictionary(writer)] == [(None, 40), (1, 1)]
    with open_archive(tmp_path / "x.db") as archive:
        page = archive.page_bytes("shabestan", "200")
    assert page == f"<html>{looks('a')}<p>سه کتابخانه تازه در شهر 200</p></html>".encode()


def test_few_pages_make_none(writer: Writer) -> None:
    add(writer, 100, 31, looks("a"))
    assert rows(writer, "SELECT * FROM dictionaries") == []


def test_each_agency_has_its_own(writer: Writer) -> None:
    add(writer, 100, 40, looks("a"))
    add(writer, 100, 50, looks("b"), agency="mehr")
    assert rows(writer, "SELECT id, agency FROM dictionaries") == [(1, "shabestan"), (2, "mehr")]
    assert [found[:2] for found in by_dictionary(writer)] == [(None, 80), (2, 10)]


def test_new_looks_make_a_new_one_and_old_pages_stay_readable(writer: Writer) -> None:
    add(writer, 100, 60, looks("a"))
    add(writer, 200, 60, looks("b"))
    found = by_dictionary(writer)
    assert [row[:2] for row in found] == [(None, 40), (1, 60), (2, 20)]
    assert found[2][2] < found[1][2] / 10
    assert_all_pages_come_back(writer)


def test_the_same_looks_make_no_second_one(writer: Writer) -> None:
    add(writer, 100, 200, looks("a"))
    assert rows(writer, "SELECT id FROM dictionaries") == [(1,)]


def test_where_a_new_one_would_be_no_better_that_is_written_down_and_not_tried_again(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(writer, 100, 60, looks("a"))
    tried: list[int] = []

    def template(sample: list[Sample]) -> bytes:
        tried.append(len(sample))
        return b""

    monkeypatch.setattr(dictionaries, "template", template)
    for number in range(200, 300):
        add(writer, number, 1, looks(str(number)))
    assert tried == []  # runs of one page say nothing
    intake = Intake(writer, clock=Clock(), batch=10)
    for number in range(300, 400):
        take(intake, fetched(story(str(number)), html=looks(str(number))))
    intake.flush()
    assert tried == [16]
    assert rows(writer, "SELECT id, ratio > 0.4 FROM dictionaries") == [(1, 1)]


def test_pages_that_share_nothing_are_packed_without_one(writer: Writer) -> None:
    intake = Intake(writer, clock=Clock(), batch=10)
    for number in range(100, 160):
        take(intake, fetched(story(str(number)), html=f"صفحه {number}"))
    intake.flush()
    assert rows(writer, "SELECT id, body FROM dictionaries") == [(1, b"")]
    assert [found[:2] for found in by_dictionary(writer)] == [(None, 60)]
    assert_all_pages_come_back(writer)


def test_a_crawl_that_dies_while_one_is_made_loses_nothing_and_the_next_makes_it(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(dictionaries, "template", die)
        with pytest.raises(KeyboardInterrupt):
            add(writer, 100, 60, looks("a"))
    assert rows(writer, "SELECT count(*) FROM articles") == [(40,)]
    assert rows(writer, "SELECT * FROM dictionaries") == []
    add(writer, 300, 1, looks("a"))
    assert rows(writer, "SELECT id FROM dictionaries") == [(1,)]


def test_a_damaged_page_stops_no_crawl(writer: Writer) -> None:
    add(writer, 100, 31, looks("a"))
    writer.conn.execute("UPDATE pages SET body = x'00' WHERE id = 30")
    add(writer, 200, 10, looks("a"))
    assert rows(writer, "SELECT id, length(body) > 10000 FROM dictionaries") == [(1, 1)]


def test_a_page_whose_dictionary_is_lost_is_told_of(writer: Writer) -> None:
    with pytest.raises(ArchiveError, match="dictionary 7 is missing"):
        Unpacking(writer.conn).served(pack(b"page", b"dictionary"), 7)
    with pytest.raises(ArchiveError, match="page 7 is missing"):
        Unpacking(writer.conn).page(7)


def test_a_blob_that_says_it_is_huge_is_not_unpacked() -> None:
    frame = bytes.fromhex("28b52ffd" + "c0" + "00" + "0000000000010000")  # a frame that promises 2**40 bytes
    with pytest.raises(ArchiveError, match="larger than any page"):
        unpack(frame)


def test_a_dictionary_is_text_even_where_it_begins_like_a_trained_one() -> None:
    dictionary = bytes.fromhex("37a430ec") + b"<html><body class='article'>" * 9
    page = b"<html><body class='article'>" * 3 + str(NOON).encode()
    assert unpack(pack(page, dictionary), dictionary) == page
