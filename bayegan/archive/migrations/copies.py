"""Signatures of the texts, the copies found by them, and the groups that copies make; filled for what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

# No reference to articles: SQLite would look for one with every article that goes, and find it by no index.
STATEMENTS: Final = (
    "CREATE TABLE copy_algorithm (name TEXT NOT NULL) STRICT",
    "CREATE TABLE signatures (article_id INTEGER PRIMARY KEY, sketch BLOB NOT NULL) STRICT",
    """
    CREATE TABLE bands (
        band INTEGER NOT NULL,
        article_id INTEGER NOT NULL,
        PRIMARY KEY (band, article_id)
    ) STRICT, WITHOUT ROWID
    """,
    # Each pair twice, once from either side: share is how much of the article stands in the other one, back how much
    # of the other one stands in the article.
    """
    CREATE TABLE copies (
        article_id INTEGER NOT NULL,
        other_id INTEGER NOT NULL,
        share REAL NOT NULL,
        back REAL NOT NULL,
        PRIMARY KEY (article_id, other_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE copy_groups (article_id INTEGER PRIMARY KEY, group_id INTEGER NOT NULL) STRICT",
    "CREATE INDEX copy_groups_group ON copy_groups (group_id)",
)


def find_copies(db: Database) -> None:
    from bayegan.archive.copies import copying  # noqa: PLC0415 -- who only reads an archive knows this step and runs it never

    for statement in STATEMENTS:
        db.conn.execute(statement)
    copying.rebuild(db.conn)
