"""Tallies of common words: whatever is written, a count by them is what FTS5 counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import Clock, fetched, story, take

from bayegan.archive import index
from bayegan.archive.finding import tallies
from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from bayegan.takedown import take_down

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = ('"کتاب"', '"می شود"', '"میشود" OR "می شود"', '"کتاب تازه"', '"زوج"', '"نیست"')
MATCHES = "select count(*) from articles_fts where articles_fts match ?"


@pytest.fixture
def writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    monkeypatch.setattr(tallies, "BLOCK", 10)
    monkeypatch.setattr(tallies, "SAMPLED", 5)
    monkeypatch.setattr(tallies, "LEAST", 3)
    with Writer(tmp_path / "x.db") as opened:
        yield opened


def keep(writer: Writer, *codes: int, body: str = "کتاب تازه چاپ می\u200cشود") -> None:
    intake = Intake(writer, clock=Clock(), batch=4, run_id=None)
    for code in codes:
        text = f"{body} {'زوج' if code % 2 == 0 else 'فرد'}"
        take(intake, fetched(story(str(code), title=f"خبر {code}", lead=None, body=text)))
    intake.flush()


def blocks(writer: Writer) -> list[int]:
    return [block for (block,) in writer.conn.execute("select block from tallies where expression = '' order by block")]


def counts(writer: Writer) -> dict[str, int]:
    return {word: tallies.count(writer.conn, word) for word in WORDS}


def counted_by_fts5(writer: Writer) -> dict[str, int]:
    return {word: writer.conn.execute(MATCHES, (word,)).fetchone()[0] for word in WORDS}


def test_a_block_is_tallied_when_the_next_one_begins(writer: Writer) -> None:
    keep(writer, *range(1, 10))
    assert blocks(writer) == []
    keep(writer, *range(10, 36))
    assert blocks(writer) == [0, 1, 2]
    assert counts(writer) == counted_by_fts5(writer)
    assert counts(writer) == {
        '"کتاب"': 35, '"می شود"': 35, '"میشود" OR "می شود"': 35, '"کتاب تازه"': 35, '"زوج"': 17, '"نیست"': 0,
    }  # fmt: skip


def test_what_many_have_is_tallied_as_a_search_for_it_is_compiled(writer: Writer) -> None:
    keep(writer, *range(1, 12))
    held = dict(writer.conn.execute("select expression, articles from tallies where block = 0").fetchall())
    assert {word: held.get(word) for word in ("", *WORDS)} == {
        "": 9, '"کتاب"': 9, '"می شود"': 9, '"میشود" OR "می شود"': 9, '"کتاب تازه"': 9, '"زوج"': 4, '"نیست"': None,
    }  # fmt: skip


def test_a_block_that_is_written_into_loses_its_tallies_alone(writer: Writer) -> None:
    keep(writer, *range(1, 36))
    keep(writer, 14, body="چیزی دیگر نوشته شد و")
    assert blocks(writer) == [0, 2]
    assert counts(writer) == counted_by_fts5(writer)
    assert counts(writer)['"کتاب"'] == 34
    keep(writer, *range(36, 41))
    assert blocks(writer) == [0, 1, 2, 3]
    assert counts(writer) == counted_by_fts5(writer)


def test_what_is_taken_down_is_not_counted(writer: Writer) -> None:
    keep(writer, *range(1, 36))
    take_down(writer, ("shabestan", "25"))
    assert blocks(writer) == [0, 1]
    assert counts(writer) == counted_by_fts5(writer)
    assert counts(writer)['"کتاب"'] == 34


def test_an_index_made_anew_is_tallied_anew(writer: Writer) -> None:
    keep(writer, *range(1, 36))
    writer.conn.execute("update tallies set articles = 1000")
    with writer.transaction() as conn:
        index.rebuild(conn)
    assert blocks(writer) == [0, 1, 2]
    assert counts(writer) == counted_by_fts5(writer)


def test_no_more_blocks_than_two_are_tallied_in_one_transaction(writer: Writer) -> None:
    keep(writer, *range(1, 48))
    writer.conn.execute("delete from tallies")
    keep(writer, *range(48, 51))
    assert blocks(writer) == [3, 4]
    assert counts(writer) == counted_by_fts5(writer)
