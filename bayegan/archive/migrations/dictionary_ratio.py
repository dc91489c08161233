"""How well a dictionary packed the pages that it was made of: packed / served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

COLUMN: Final = "ALTER TABLE dictionaries ADD COLUMN ratio REAL"


def dictionary_ratio(db: Database) -> None:
    db.conn.execute(COLUMN)
