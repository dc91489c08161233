"""The search index: fed with folded text, while the tables keep the text as published.

FTS5 keeps no text of its own here (external content), so that a delete must be handed the very folded text that
was inserted. FTS5's own ``rebuild`` would fill the index with unfolded text, silently: only :func:`rebuild` may.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from bayegan.archive.copies import copying
from bayegan.archive.finding import joined_words, tallies
from crawler.text import fold

if TYPE_CHECKING:
    import sqlite3

Texts = joined_words.Texts  # title, lead, body, as published

INSERT: Final = "INSERT INTO articles_fts (rowid, title, lead, body) VALUES (?, ?, ?, ?)"
DELETE: Final = "INSERT INTO articles_fts (articles_fts, rowid, title, lead, body) VALUES ('delete', ?, ?, ?, ?)"
DELETE_ALL: Final = "INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')"
ALL_TEXTS: Final = "SELECT id, title, lead, body FROM articles ORDER BY id"


class Changes:
    """What is to be added and removed, in this order, collected to be written as the last of a transaction.

    A statement between two changes that SQLite may have to undo alone (any upsert is one) makes FTS5 write what
    it has, as a segment of its own: measured, a third more time for the whole batch.
    """

    def __init__(self) -> None:
        self._steps: list[tuple[str, tuple[int | str, ...]]] = []
        self._joined: Counter[str] = Counter()

    def add(self, article_id: int, texts: Texts) -> None:
        self._steps.append((INSERT, (article_id, *_folded(texts))))
        self._joined.update(joined_words.joined(texts))

    def remove(self, article_id: int, texts: Texts) -> None:
        """``texts`` are those that the article was added with."""
        self._steps.append((DELETE, (article_id, *_folded(texts))))
        self._joined.subtract(joined_words.joined(texts))

    def write(self, conn: sqlite3.Connection) -> None:
        for statement, values in self._steps:
            conn.execute(statement, values)
        joined_words.write(conn, self._joined)
        copying.follow(conn, [(statement == INSERT, values) for statement, values in self._steps])
        tallies.follow(conn, self._ids(INSERT), self._ids(DELETE))

    def _ids(self, wanted: str) -> list[int]:
        return [int(values[0]) for statement, values in self._steps if statement == wanted]


def rebuild(conn: sqlite3.Connection) -> None:
    """Feed the whole index anew, and what follows the texts, inside the caller's transaction."""
    conn.execute(DELETE_ALL)
    feed(conn)
    joined_words.rebuild(conn)
    copying.rebuild(conn)
    tallies.rebuild(conn)


def feed(conn: sqlite3.Connection) -> None:
    """Feed an index that holds nothing with all articles, inside the caller's transaction."""
    rows = conn.execute(ALL_TEXTS)
    conn.executemany(INSERT, ((article_id, *_folded((title, lead, body))) for article_id, title, lead, body in rows))


def _folded(texts: Texts) -> tuple[str, ...]:
    return tuple(fold(text or "") for text in texts)
