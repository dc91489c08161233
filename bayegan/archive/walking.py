"""Which of some articles match, answered in their order and no further than is asked for.

A common word has a hundred thousand hits, and the newest twenty of them stand among the newest few hundred articles.
FTS5 knows no order but that of ids. So the candidates are taken a stretch at a time in the order wanted, and FTS5 is
asked for its hits between the ids of each cluster of them: articles that were published together mostly came
together. Measured at 1,000,000 articles: to ask it for one article costs what 10,000 hits do, since it finds its
place in a word's list by reading it.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

HITS_BETWEEN: Final = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? AND rowid BETWEEN ? AND ?"

LONGEST: Final = 20_000  # candidates at a time
SPARE: Final = 1.5  # times as many as should do
GAP: Final = 5_000  # ids that it is no dearer to pass than to ask anew behind them


def matching(conn: sqlite3.Connection, match: str, candidates: Iterable[int], wanted: int | None) -> Iterator[int]:
    """Those of the ids that match, in their order; so many are ``wanted``, or all (None)."""
    left, looked_at, found = iter(candidates), 0, 0
    while stretch := list(islice(left, _length(looked_at, found, wanted))):
        hits = {row for bounds in _clusters(sorted(stretch)) for (row,) in conn.execute(HITS_BETWEEN, (match, *bounds))}
        matched = [each for each in stretch if each in hits]
        yield from matched
        looked_at, found = looked_at + len(stretch), found + len(matched)


def _length(looked_at: int, found: int, wanted: int | None) -> int:
    """How many candidates should hold what is still wanted, by what was found among those looked at."""
    if wanted is None:
        return LONGEST
    share = (found + 1) / (looked_at + 1)
    return min(LONGEST, max(wanted, int(SPARE * (wanted - found) / share)))


def _clusters(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last ids of clusters with wide gaps between."""
    begin = last = ids[0]
    for each in ids:
        if each - last > GAP:
            yield begin, last
            begin = each
        last = each
    yield begin, last
