"""Who tells the same, for exports: groups of near-copies, and of those that say the very same words, however few.

Copies are looked for in texts of some length (bayegan.archive.copies.copying). Two captions of five words, published
under two codes, are none; but a test that asks for the one after training has seen the other tests nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bayegan.archive.copies.groups import groups_of, united

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

# The hash is of kicker, title, lead, body and tags; its index alone answers.
TWINS: Final = "SELECT json_group_array(id) FROM articles GROUP BY content_hash HAVING count(*) > 1"


class Groups:
    """The groups of an archive's articles, each named by its lowest id; who is alone is one by its own."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._united = united(_ties(conn))

    def of(self, ids: Sequence[int]) -> list[int]:
        """The groups of these articles, in their order."""
        return [self._united.get(group, group) for group in groups_of(self._conn, ids).values()]


def _ties(conn: sqlite3.Connection) -> Iterator[tuple[int, int]]:
    for (twins,) in conn.execute(TWINS):
        first, *others = groups_of(conn, json.loads(twins)).values()
        yield from ((first, other) for other in others)
