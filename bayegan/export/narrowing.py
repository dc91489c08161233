"""Fewer than the filters let through: well-covered days, one of each set of copies, a sample drawn by a seed."""

from __future__ import annotations

import heapq
import json
from array import array
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import compress, islice
from typing import TYPE_CHECKING, Final, TypeVar

from bayegan.archive import telling
from bayegan.archive.finding import selecting
from bayegan.export.groups import Groups
from bayegan.search import Filter
from crawler.errors import UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

BATCH: Final = 2_000
NEVER: Final = "9"  # later than every written moment
KEYS: Final = """
    SELECT articles.agency, articles.news_code
    FROM json_each(?) AS wanted CROSS JOIN articles ON articles.id = wanted.value ORDER BY wanted.key
"""
LISTED: Final = """
    SELECT articles.agency, ledger.day
    FROM json_each(?) AS wanted CROSS JOIN articles ON articles.id = wanted.value
    LEFT JOIN ledger ON ledger.agency = articles.agency AND ledger.news_code = articles.news_code ORDER BY wanted.key
"""
PUBLISHED: Final = """
    SELECT articles.published
    FROM json_each(?) AS wanted CROSS JOIN articles ON articles.id = wanted.value ORDER BY wanted.key
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """Applied in this order, before the filters' limit.

    ``coverage``: only what was listed on days of which the archive holds at least this share (0 to 1) of what the
    agency listed. ``distinct``: of articles that tell the same, the one published first. ``sample``: so many, drawn by
    ``seed``; who is drawn depends on nothing but the seed and what there is to draw from.
    """

    coverage: float | None = None
    distinct: bool = False
    sample: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.coverage is not None and not 0 <= self.coverage <= 1:
            raise UsageError(f"A coverage of {self.coverage:g} cannot be: give a share from 0 to 1, such as 0.95.")
        if self.sample is not None and self.sample < 1:
            raise UsageError(f"A sample of {self.sample} holds nothing: give 1 or more.")


WHOLE: Final = Narrowing()


def narrowed(conn: sqlite3.Connection, filters: Filter, narrowing: Narrowing = WHOLE) -> Iterator[int]:
    """The articles' ids, in the order of the filters."""
    if narrowing == replace(WHOLE, seed=narrowing.seed):
        return selecting.ids(conn, filters)
    found = selecting.ids(conn, replace(filters, limit=None))
    if narrowing.coverage is not None:
        found = _covered(conn, found, narrowing.coverage)
    if narrowing.distinct:
        found = _one_of_each(conn, found)
    if narrowing.sample is not None:
        found = _drawn(conn, found, narrowing.sample, narrowing.seed)
    return islice(found, filters.limit)


def batches(found: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    each = iter(found)
    return iter(lambda: list(islice(each, size)), [])


def _covered(conn: sqlite3.Connection, found: Iterable[int], least: float) -> Iterator[int]:
    days = telling.coverage(conn, Filter())
    covered = {(row.agency, row.day and row.day.isoformat()) for row in days if (row.share or 0) >= least}
    for batch in batches(found):
        rows = conn.execute(LISTED, (json.dumps(batch),))
        yield from compress(batch, [day is not None and (agency, day) in covered for agency, day in rows])


def _one_of_each(conn: sqlite3.Connection, found: Iterable[int]) -> Iterator[int]:
    """Numbers alone are held of all articles; more only of those that have a copy among them."""
    told_alike = Groups(conn)
    held, groups = array("q"), array("q")
    for batch in batches(found):
        held.extend(batch)
        groups.extend(told_alike.of(batch))
    shared = {group for article_id, group in zip(held, groups, strict=True) if article_id != group}
    members = ((group, article_id) for article_id, group in zip(held, groups, strict=True) if group in shared)
    first = _first(conn, members)
    return (
        article_id
        for article_id, group in zip(held, groups, strict=True)
        if group not in shared or first[group][1] == article_id
    )


def _first(conn: sqlite3.Connection, members: Iterable[tuple[int, int]]) -> dict[int, tuple[str, int]]:
    """Of each group when its first member was published, and its id; of several at once, the lowest id."""
    first: dict[int, tuple[str, int]] = {}
    for batch in batches(members):
        rows = conn.execute(PUBLISHED, (json.dumps([article_id for _, article_id in batch]),))
        for (group, article_id), (published,) in zip(batch, rows, strict=True):
            mine = (published or NEVER, article_id)
            first[group] = min(first.get(group, mine), mine)
    return first


def _drawn(conn: sqlite3.Connection, found: Iterable[int], size: int, seed: int) -> Iterator[int]:
    """Every article has a number that it drew; the lowest are the sample, whatever else there is."""
    lots = heapq.nsmallest(size, _lots(conn, found, seed))
    return (article_id for _, article_id in sorted((place, article_id) for _, place, article_id in lots))


def _lots(conn: sqlite3.Connection, found: Iterable[int], seed: int) -> Iterator[tuple[bytes, int, int]]:
    place = 0
    for batch in batches(found):
        for article_id, (agency, code) in zip(batch, conn.execute(KEYS, (json.dumps(batch),)), strict=True):
            place += 1
            yield blake2b(f"{seed}\0{agency}\0{code}".encode(), digest_size=8).digest(), place, article_id
