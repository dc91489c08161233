"""The search index: fed with folded text, while the tables keep the text as published.

FTS5 keeps no text of its own here (external content), so that a delete must be handed the very folded text that
was inserted. FTS5's own ``rebuild`` would fill the index with unfolded text, silently: only :func:`rebuild` may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.text import fold

if TYPE_CHECKING:
    import sqlite3

Texts = tuple[str | None, str | None, str | None]  # title, lead, body, as published

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

    def add(self, article_id: int, texts: Texts) -> None:
        self._steps.append((INSERT, (article_id, *_folded(texts))))

    def remove(self, article_id: int, texts: Texts) -> None:
        """``texts`` are those that the article was added with."""
        self._steps.append((DELETE, (article_id, *_folded(texts))))

    def write(self, conn: sqlite3.Connection) -> None:
        for statement, values in self._steps:
            conn.execute(statement, values)


def rebuild(conn: sqlite3.Connection) -> None:
    """Feed the whole index anew, inside the caller's transaction."""
    conn.execute(DELETE_ALL)
    rows = conn.execute(ALL_TEXTS)
    conn.executemany(INSERT, ((article_id, *_folded((title, lead, body))) for article_id, title, lead, body in rows))


def _folded(texts: Texts) -> tuple[str, ...]:
    return tuple(fold(text or "") for text in texts)
