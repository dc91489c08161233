"""How many edited copies are found, of a small crowd: what the bands were chosen for must not be lost unnoticed.

The figures at a million signatures are in docs/copies.md; texts and edits are made alike each time.
"""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bayegan.archive.copies import copying
from bayegan.archive.copies.signatures import signature
from bayegan.archive.migrations.copies import STATEMENTS
from benchmarks.copies import add
from benchmarks.edits import EDITS, edited, member

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMBERS = range(1, 301)
ASKED = range(1, 61)
# Of sixty.
FOUND = {
    "10 % of words changed": 60,
    "20 % of words changed": 60,
    "30 % of words changed": 58,
    "20 % in one place": 60,
    "30 % in one place": 60,
    "paragraph added": 60,
    "header changed": 60,
    "paragraphs reordered": 60,
    "half kept": 60,
    "a quarter kept": 58,
    "a third quoted": 57,
}


@pytest.fixture(scope="module")
def crowd() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        for statement in STATEMENTS:
            conn.execute(statement)
        add(conn, [(number, signature(member(number))) for number in MEMBERS])
        yield conn


def test_every_edit_has_its_floor() -> None:
    assert list(FOUND) == list(EDITS)


@pytest.mark.parametrize(("name", "at_least"), FOUND.items())
def test_edited_copies_are_found(crowd: sqlite3.Connection, name: str, at_least: int) -> None:
    draw = random.Random(name)
    signed = {number: signature(edited(member(number), EDITS[name], draw)) for number in ASKED}
    assert sum(number in copying.candidates(crowd, 0, one) for number, one in signed.items()) >= at_least


def test_articles_that_copy_nothing_are_hardly_ever_compared(crowd: sqlite3.Connection) -> None:
    signed = [signature(member(number)) for number in range(1001, 1201)]
    assert sum(len(copying.candidates(crowd, 0, one)) for one in signed) <= 20
