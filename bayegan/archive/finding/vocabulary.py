"""The words of an archive, as a query's spelling asks for them; every answer is a few looks into an index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

Parts = tuple[str, ...]

HELD: Final = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
JOINED: Final = "SELECT parts, articles FROM joined_words WHERE glued = ? ORDER BY articles DESC, parts"
JOINED_FROM: Final = (
    "SELECT parts FROM joined_words WHERE glued > ? AND glued < ? ORDER BY articles DESC, parts LIMIT 100"
)

MOST: Final = 5_000  # articles counted, in a millisecond; beyond it a word is common
LAST: Final = "\U0010ffff"


class ArchiveWords:
    """Asks one connection, and nothing twice."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._held: dict[str, bool] = {}

    def holds(self, word: str) -> bool:
        if word not in self._held:
            self._held[word] = self._count(word, 1) > 0
        return self._held[word]

    def more_than(self, word: str, articles: int) -> bool:
        return articles <= MOST and self.holds(word) and self._count(word, articles + 1) > articles

    def adjacent(self, parts: Parts) -> bool:
        if not all(map(self.holds, parts)):
            return False
        common = all(self.more_than(part, MOST) for part in parts)
        return common or self._count(" ".join(parts), 1) > 0

    def joined(self, glued: str) -> list[tuple[Parts, int]]:
        return [(tuple(parts.split()), articles) for parts, articles in self._conn.execute(JOINED, (glued,))]

    def joined_from(self, beginning: str) -> list[Parts]:
        rows = self._conn.execute(JOINED_FROM, (beginning, beginning + LAST))
        return [tuple(parts.split()) for (parts,) in rows]

    def _count(self, phrase: str, most: int) -> int:
        return int(self._conn.execute(HELD, (f'"{phrase}"', most)).fetchone()[0])
