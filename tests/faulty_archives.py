"""Damage to be planted into an archive that a crawl has filled, and what is to be said of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archives import story

from bayegan.archive.intake import Intake
from bayegan.archive.pages.packing import Unpacking, pack
from bayegan.archive.writer import Writer
from crawler.items import Fetched, Page
from crawler.page import read_page

if TYPE_CHECKING:
    from pathlib import Path

Damage = tuple[str, ...] | Callable[[sqlite3.Connection], None]

A = "shabestan/1001741"  # crawled; its page is packed with a dictionary, and so is that of B
B = "shabestan/1001773"  # crawled, and revised since
BARE = "shabestan/9001"  # imported without a page
DOUBLE = "shabestan/9002"  # likewise, with the same text

ALL: tuple[str, None] = ("*", None)  # a fault of every article


@dataclass(frozen=True)
class Plant:
    """A damage and the faults that must be told, kind and whose; ``left`` are the kinds that no repair can mend."""

    name: str
    damage: Damage
    faults: frozenset[tuple[str, str | None]]
    left: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()


def plant(name: str, damage: Damage, *faults: tuple[str, str | None], left: str = "", notes: str = "") -> Plant:
    """Kinds that are ``left``, and notes, are divided by commas."""
    kinds, told = (frozenset(filter(None, written.split(", "))) for written in (left, notes))
    return Plant(name, damage, frozenset(faults), kinds, told)


def prepare(path: Path) -> None:
    """Add to a crawled archive what one crawl does not give it: a revision, texts without a page, a dictionary."""
    with Writer(path) as writer:
        intake = Intake(writer, clock=lambda: datetime.now(UTC))
        body = page_of(writer.conn, B).replace("تازه".encode(), "نو".encode())
        (url,) = writer.conn.execute("select url from articles where news_code = '1001773'").fetchone()
        page = Page(url=url, fetched_at=datetime.now(UTC), body=body)
        intake.keep(Fetched(article=read_page(body, url), page=page), "revised")
        for code in ("9001", "9002"):
            intake.keep(Fetched(article=story(code, title="سه کتابخانه", lead=None)), "new")
        intake.flush()
        with writer.transaction() as conn:
            _pack_with_dictionary(conn)


def page_of(conn: sqlite3.Connection, name: str) -> bytes:
    return Unpacking(conn).page(_page_id(conn, name))


def damage(path: Path, what: Damage) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("pragma ignore_check_constraints = on")
        if callable(what):
            what(conn)
        else:
            for statement in what:
                conn.execute(statement)


def _page_id(conn: sqlite3.Connection, name: str) -> int:
    found = conn.execute("select page_id from articles where news_code = ?", (name.partition("/")[2],)).fetchone()
    return int(found[0])


def _pack_with_dictionary(conn: sqlite3.Connection) -> None:
    bodies = {name: page_of(conn, name) for name in (A, B)}
    raw = bodies[A][:2000]
    conn.execute(
        "insert into dictionaries (id, agency, made_at, body) values (7, 'shabestan', '2020-12-07', ?)", (raw,)
    )
    for name, body in bodies.items():
        packed = (pack(body, raw), _page_id(conn, name))
        conn.execute("update pages set dictionary_id = 7, body = ? where id = ?", packed)
