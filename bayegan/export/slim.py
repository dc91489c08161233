"""A slim SQLite file: the articles with their tags and sections, in the archive's own names, and nothing else of it.

It has no pages and no search index. Ours holds folded words, which only `bayegan search` asks for; whoever wants one
makes it of the letters as published (docs: `sqlite-utils enable-fts`).
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from contextlib import closing, contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from bayegan.export.fields import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bayegan.export.fields import Shape
    from bayegan.export.reading import Columns

    Put = Callable[[Columns], None]

# It is a draft until it is whole: what is half written is never read again.
HASTE: Final = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE")
JOINED: Final = {
    "tags": (
        "CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """
        CREATE TABLE article_tags (
            article_id INTEGER NOT NULL REFERENCES articles (id),
            tag_id INTEGER NOT NULL REFERENCES tags (id),
            PRIMARY KEY (article_id, tag_id)
        ) STRICT
        """,
    ),
    "sections": (
        "CREATE TABLE sections (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """
        CREATE TABLE article_sections (
            article_id INTEGER NOT NULL REFERENCES articles (id),
            section_id INTEGER NOT NULL REFERENCES sections (id),
            PRIMARY KEY (article_id, section_id)
        ) STRICT
        """,
    ),
}
NAME: Final = {
    "tags": "INSERT INTO tags (id, name) VALUES (?, ?)",
    "sections": "INSERT INTO sections (id, name) VALUES (?, ?)",
}
JOIN: Final = {
    "tags": "INSERT OR IGNORE INTO article_tags (article_id, tag_id) VALUES (?, ?)",
    "sections": "INSERT OR IGNORE INTO article_sections (article_id, section_id) VALUES (?, ?)",
}
# Made when all is in: so they are sorted once. Each for who has these fields.
INDEXES: Final = (
    (("agency", "news_code"), "CREATE UNIQUE INDEX articles_agency_news_code ON articles (agency, news_code)"),
    (("agency", "published"), "CREATE INDEX articles_agency_published ON articles (agency, published)"),
    (("published",), "CREATE INDEX articles_published ON articles (published)"),
    (("tags",), "CREATE INDEX article_tags_tag ON article_tags (tag_id)"),
    (("sections",), "CREATE INDEX article_sections_section ON article_sections (section_id)"),
    (
        ("tags", "sections"),
        """
        CREATE VIEW article_list AS
        SELECT articles.*,
            (SELECT group_concat(name, '، ') FROM (
                SELECT tags.name FROM article_tags JOIN tags ON tags.id = article_tags.tag_id
                WHERE article_tags.article_id = articles.id ORDER BY article_tags.rowid)) AS tags,
            (SELECT group_concat(name, '، ') FROM (
                SELECT sections.name FROM article_sections JOIN sections ON sections.id = article_sections.section_id
                WHERE article_sections.article_id = articles.id ORDER BY article_sections.rowid)) AS sections
        FROM articles
        """,
    ),
)
# What SQLite says when the file system refuses, as the file system says it.
REFUSED: Final = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_READONLY: errno.EROFS}


@contextmanager
def _told() -> Iterator[None]:
    """Raises as OSError what SQLite says of a file that it cannot write."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = REFUSED.get(error.sqlite_errorcode, errno.EIO)
        raise OSError(code, os.strerror(code)) from error


@contextmanager
def slim(stream: BinaryIO, shape: Shape) -> Iterator[Put]:
    """Write into the file of this stream; articles are numbered in the order in which they come."""
    with closing(sqlite3.connect(stream.name, isolation_level=None)) as conn:
        book = _Book(conn, shape.fields)
        yield book.put
        book.end()


class _Book:
    @_told()
    def __init__(self, conn: sqlite3.Connection, fields: tuple[str, ...]) -> None:
        self._conn = conn
        self._fields = fields
        self._own = [field for field in fields if field not in JOINED]
        self._numbers = count(1)
        self._names: dict[str, dict[str, int]] = {field: {} for field in fields if field in JOINED}
        for pragma in HASTE:
            conn.execute(pragma)
        conn.execute("BEGIN")
        columns = "".join(f", {field} TEXT" for field in self._own)
        conn.execute(f"CREATE TABLE articles (id INTEGER PRIMARY KEY{columns}) STRICT")
        for field in self._names:
            for statement in JOINED[field]:
                conn.execute(statement)
        self._insert = f"INSERT INTO articles VALUES (?{', ?' * len(self._own)})"  # noqa: S608 -- question marks

    @_told()
    def put(self, read: Columns) -> None:
        size = len(next(iter(read.values())))
        numbers = [next(self._numbers) for _ in range(size)]
        written = [map(_json, read[field]) if kind_of(field) == "names" else read[field] for field in self._own]
        self._conn.executemany(self._insert, zip(numbers, *written, strict=True))
        for field, known in self._names.items():
            self._join(field, known, list(zip(numbers, read[field], strict=True)))

    def _join(self, field: str, known: dict[str, int], named: list[tuple[int, list[str]]]) -> None:
        new = dict.fromkeys(name for _, names in named for name in names if name not in known)
        numbered = [(number, name) for number, name in enumerate(new, start=len(known) + 1)]
        known.update((name, number) for number, name in numbered)
        self._conn.executemany(NAME[field], numbered)
        self._conn.executemany(JOIN[field], ((number, known[name]) for number, names in named for name in names))

    @_told()
    def end(self) -> None:
        for fields, statement in INDEXES:
            if set(fields) <= set(self._fields):
                self._conn.execute(statement)
        self._conn.execute("COMMIT")


def _json(names: Any) -> str:
    return json.dumps(names, ensure_ascii=False)
