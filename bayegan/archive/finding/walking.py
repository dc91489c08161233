"""Which of some articles match, answered in their order and no further than is asked for.

A common word has a hundred thousand hits, and the newest twenty of them stand among the newest few hundred articles.
FTS5 knows no order but that of ids. So the candidates are taken a stretch at a time in the order wanted, and FTS5 is
asked for its hits between the ids of each cluster of them: articles that were published together mostly came
together. To ask it for one article takes as long as some thousand hits do: it finds its place in a word's list by
reading it.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

# The plus sign keeps SQLite from asking FTS5 once for every id.
AMONG: Final = """
    FROM articles_fts WHERE articles_fts MATCH ? AND rowid BETWEEN ? AND ?
    AND +rowid IN (SELECT value FROM json_each(?))
"""
HITS: Final = f"SELECT rowid {AMONG}"
COUNT: Final = f"SELECT count(*) {AMONG}"

LONGEST: Final = 20_000  # candidates at a time
SPARE: Final = 1.5  # times as many as should do
GAP: Final = 5_000  # ids that it is no dearer to pass than to ask anew behind them


def matching(conn: sqlite3.Connection, match: str, candidates: Iterable[int], wanted: int) -> Iterator[int]:
    """Those of the ids that match, in their order, until there are as many as ``wanted`` or more."""
    left, looked_at, found = iter(candidates), 0, 0
    while stretch := list(islice(left, _length(looked_at, found, wanted))):
        hits = {row for asked in _asked(match, stretch) for (row,) in conn.execute(HITS, asked)}
        yield from filter(hits.__contains__, stretch)
        looked_at, found = looked_at + len(stretch), found + len(hits)


def count(conn: sqlite3.Connection, match: str, ids: Iterable[int]) -> int:
    """How many of the ids match."""
    return sum(int(conn.execute(COUNT, asked).fetchone()[0]) for asked in _asked(match, ids))


def _length(looked_at: int, found: int, wanted: int) -> int:
    """How many candidates should hold what is still wanted, by what was found among those looked at."""
    share = (found + 1) / (looked_at + 1)
    return min(LONGEST, max(wanted, int(SPARE * (wanted - found) / share)))


def _asked(match: str, ids: Iterable[int]) -> Iterator[tuple[str, int, int, str]]:
    """What to bind, for each cluster of ids with a wide gap behind it."""
    for cluster in _clusters(sorted(ids)):
        yield match, cluster[0], cluster[-1], json.dumps(cluster)


def _clusters(ids: list[int]) -> Iterator[list[int]]:
    ends = [place for place in range(1, len(ids)) if ids[place] - ids[place - 1] > GAP]
    for begin, end in zip([0, *ends], [*ends, len(ids)], strict=True):
        yield ids[begin:end]
