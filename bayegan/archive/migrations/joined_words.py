"""How the archive's texts join words, gathered from the articles that it holds; and a way to find places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import joined_words

if TYPE_CHECKING:
    from sqlite_utils import Database

PLACES: Final = "CREATE INDEX articles_place ON articles (place) WHERE place IS NOT NULL"


def gather_joined_words(db: Database) -> None:
    db.conn.execute(joined_words.CREATE)
    db.conn.execute(PLACES)
    joined_words.rebuild(db.conn)
