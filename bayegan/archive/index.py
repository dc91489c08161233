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


def add(conn: sqlite3.Connection, article_id: int, texts: Texts) -> None:
    conn.execute(INSERT, (article_id, *_folded(texts)))


def remove(conn: sqlite3.Connection, article_id: int, texts: Texts) -> None:
    """``texts`` are those that the article was added with."""
    conn.execute(DELETE, (article_id, *_folded(texts)))


def rebuild(conn: sqlite3.Connection) -> None:
    """Feed the whole index anew, inside the caller's transaction."""
    conn.execute(DELETE_ALL)
    rows = conn.execute(ALL_TEXTS)
    conn.executemany(INSERT, ((article_id, *_folded((title, lead, body))) for article_id, title, lead, body in rows))


def _folded(texts: Texts) -> tuple[str, ...]:
    return tuple(fold(text or "") for text in texts)
