"""Who is in which split: drawn by a seed or cut by time, and those that tell the same never on two sides.

By chance each group of near-copies draws one lot, that of its earliest article: who is on which side depends on nothing
but the seed and the group, and stays when the archive grows. By time a group whose articles fall on two sides keeps
those on its earliest side; the others are left out, since they are too late for the one and known to the other. So is
what has no date.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

from bayegan.export.groups import Groups
from bayegan.export.narrowing import batches
from crawler.errors import UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

By = Literal["random", "time"]
WAYS: Final[tuple[str, ...]] = get_args(By)
NEVER: Final = 1 << 62  # seconds: later than every moment
LOTS: Final = 1 << 63
COPIES, UNDATED = "copies", "undated"
OUT: Final = {COPIES: -1, UNDATED: -2}
ROWS: Final = """
    SELECT articles.agency, articles.news_code, articles.published
    FROM json_each(?) AS wanted CROSS JOIN articles ON articles.id = wanted.value ORDER BY wanted.key
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Splitting:
    """How articles are divided: ``test`` and ``validation`` are shares of them (0 to 1), the rest is for training."""

    by: By = "random"
    test: float = 0.1
    validation: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if self.by not in WAYS:
            raise UsageError(f"Articles cannot be split by «{self.by}»: choose {' or '.join(WAYS)}.")
        if self.test < 0 or self.validation < 0 or self.test + self.validation >= 1:
            raise UsageError("Test and validation are shares from 0 to less than 1, and leave something for training.")

    @property
    def names(self) -> tuple[str, ...]:
        """The earliest first."""
        shares = {"train": 1.0, "validation": self.validation, "test": self.test}
        return tuple(name for name, share in shares.items() if share)

    @property
    def bounds(self) -> list[float]:
        """Where the share of all the articles of each split ends but for the last: 0.8, 0.9."""
        return [1 - self.test - self.validation, 1 - self.test][: len(self.names) - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The ids of each split in the order they came, how many were left out and why, and how many are copies.

    ``groups`` of near-copies have ``grouped`` articles among those that are in a split.
    """

    ids: dict[str, array[int]]
    left_out: Counter[str]
    groups: int
    grouped: int


class _Known(NamedTuple):
    """What is known of the articles, each at its place; of the groups, what their earliest article is."""

    ids: array[int]
    groups: array[int]
    moments: array[int]
    lots: array[int]
    first: dict[int, _First]


class _First(NamedTuple):
    moment: int
    key: tuple[str, str]
    lot: int


def divide(conn: sqlite3.Connection, ids: Iterable[int], splitting: Splitting) -> Parts:
    """Put every article on its side."""
    known = _look(conn, ids, splitting.seed)
    sides = array("b", _by_time(known, splitting) if splitting.by == "time" else _by_lot(known, splitting))
    divided = {name: array("q") for name in splitting.names}
    split = list(divided.values())
    for article_id, side in zip(known.ids, sides, strict=True):
        if side >= 0:
            split[side].append(article_id)
    within = Counter(group for group, side in zip(known.groups, sides, strict=True) if side >= 0)
    several = [count for count in within.values() if count > 1]
    left = Counter({why: sides.count(side) for why, side in OUT.items()})
    return Parts(ids=divided, left_out=left, groups=len(several), grouped=sum(several))


def _look(conn: sqlite3.Connection, ids: Iterable[int], seed: int) -> _Known:
    """Numbers alone are held of all articles; more only of groups that may have several."""
    known = _Known(array("q"), array("q"), array("q"), array("q"), {})
    told_alike = Groups(conn)
    for batch in batches(ids):
        groups = told_alike.of(batch)
        rows = list(conn.execute(ROWS, (json.dumps(batch),)))
        known.ids.extend(batch)
        known.groups.extend(groups)
        known.moments.extend(_seconds(published) for *_, published in rows)
        known.lots.extend(_lot(seed, agency, code) for agency, code, _ in rows)
    shared = {group for article_id, group in zip(known.ids, known.groups, strict=True) if article_id != group}
    _find_first(conn, known, shared)
    return known


def _find_first(conn: sqlite3.Connection, known: _Known, shared: set[int]) -> None:
    members = (place for place, group in enumerate(known.groups) if group in shared)
    for batch in batches(members):
        rows = conn.execute(ROWS, (json.dumps([known.ids[place] for place in batch]),))
        for place, (agency, code, _) in zip(batch, rows, strict=True):
            mine = _First(known.moments[place], (agency, code), known.lots[place])
            group = known.groups[place]
            known.first[group] = min(known.first.get(group, mine), mine)


def _by_lot(known: _Known, splitting: Splitting) -> Iterator[int]:
    bounds = [round(bound * LOTS) for bound in splitting.bounds]
    for group, lot in zip(known.groups, known.lots, strict=True):
        first = known.first.get(group)
        yield bisect_right(bounds, first.lot if first else lot)


def _by_time(known: _Known, splitting: Splitting) -> Iterator[int]:
    dated = sorted(moment for moment in known.moments if moment != NEVER)
    bounds = [
        dated[place] if (place := round(bound * len(dated))) < len(dated) else NEVER for bound in splitting.bounds
    ]
    for group, moment in zip(known.groups, known.moments, strict=True):
        first = known.first.get(group)
        side = bisect_right(bounds, moment)
        if moment == NEVER:
            yield OUT[UNDATED]
        else:
            yield side if first is None or bisect_right(bounds, first.moment) == side else OUT[COPIES]


def _seconds(published: str | None) -> int:
    return NEVER if published is None else int(datetime.fromisoformat(published).timestamp())


def _lot(seed: int, agency: str, code: str) -> int:
    """Another one than the same article draws for a sample: that would put whoever is drawn first on one side."""
    drawn = blake2b(f"split\0{seed}\0{agency}\0{code}".encode(), digest_size=8).digest()
    return int.from_bytes(drawn) >> 1
