"""How many articles have the commonest words, for blocks of ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database


def tally_common_words(db: Database) -> None:
    from bayegan.archive.finding import tallies  # noqa: PLC0415 -- who only reads an archive knows this step and runs it never

    db.conn.execute(tallies.CREATE)
    tallies.tally(db.conn)
