"""Moments and a text for what comes in a second time, and what an archive that is being written says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archives import NOON

if TYPE_CHECKING:
    from bayegan.archive.writer import Writer

OTHER_TEXT = "تیم والیبال بانوان پس از پنج ست نفس‌گیر حریف خود را شکست داد و به مرحله پایانی مسابقات آسیا رسید."
LATER = NOON + timedelta(hours=1)
EARLIER = NOON - timedelta(days=365)


def rows(writer: Writer, sql: str) -> list[tuple[Any, ...]]:
    """What the database answers."""
    return writer.conn.execute(sql).fetchall()


def index_is_whole(writer: Writer) -> bool:
    """FTS5 compares its index with nothing but itself here; that a match finds what is held is asked beside it."""
    writer.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    return True


def found(writer: Writer, word: str) -> list[int]:
    """The numbers of the articles that the index has for a word."""
    return [row[0] for row in writer.conn.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", (word,))]
