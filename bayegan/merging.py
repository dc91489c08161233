"""Another archive joined into this one: nothing lost, nothing doubled, and done again nothing is changed."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bayegan.archive import joining
from bayegan.archive.burying import bury
from bayegan.archive.finding.fetching import article_rows
from bayegan.archive.index import Changes
from bayegan.archive.lock import agency_lock
from bayegan.archive.reader import Archive
from bayegan.archive.uniting import Union
from crawler.errors import RefusedError, UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bayegan.archive.rows import ArticleRow
    from bayegan.archive.writer import Writer

BATCH: Final = 100  # articles a transaction
LEDGER_BATCH: Final = 2000
MOST_NAMED: Final = 1000
IDS: Final = "SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?"
COUNTED: Final = ("articles", "new", "revised", "unchanged", "revisions", "runs", "taken_down", "conflict_count")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSummary:
    """What became of the other archive's ``articles``; ``revisions`` and ``runs`` are those that were added.

    ``taken_down`` counts articles that a tombstone, on either side, keeps out or has removed. ``conflicts`` names
    those that were refused, with the reason, the first thousand; ``conflict_count`` counts all.
    """

    path: Path
    articles: int = 0
    new: int = 0
    revised: int = 0
    unchanged: int = 0
    revisions: int = 0
    runs: int = 0
    taken_down: int = 0
    conflict_count: int = 0
    conflicts: tuple[tuple[str, str], ...] = ()


def now() -> datetime:
    return datetime.now(UTC)


def merge(
    writer: Writer,
    other: Path,
    *,
    clock: Callable[[], datetime] = now,
    report: Callable[[int], None] | None = None,
) -> MergeSummary:
    """Join the archive at ``other``, which is only read, into the writer's; a merge that was cut off is begun anew.

    Tombstones of either side win over everything, and of two readings of one article the newer one is the
    article. What contradicts what is held is refused and named. Raises UsageError for the same file,
    AgencyBusyError while another run holds one of the agencies, ArchiveError.
    """
    if os.path.realpath(other) == os.path.realpath(writer.path):
        raise UsageError(f"{other} is this very archive: name another one.")
    with ExitStack() as held, Archive(other) as archive, archive.snapshot() as theirs:
        for agency in joining.agencies_of(theirs):
            held.enter_context(agency_lock(writer.path, agency))
        merging = _Merging(writer, theirs, clock)
        merging.begin()
        for done in merging.articles():
            if report:
                report(done)
        merging.end()
        return merging.summary(other)


class _Merging:
    """The steps of a merge, each a transaction or several."""

    def __init__(self, writer: Writer, theirs: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self._writer, self._theirs = writer, theirs
        self._union = Union(writer, theirs, clock)
        self._tally: Counter[str] = Counter()
        self._named: list[tuple[str, str]] = []
        self._runs: dict[int, int] = {}

    def begin(self) -> None:
        """Tombstones come first, so that nothing is kept that was taken down; what we hold of it goes at once."""
        with self._writer.transaction() as ours:
            joining.join_agencies(ours, self._theirs)
            joining.join_tombstones(ours, self._theirs)
            self._runs, self._tally["runs"] = joining.join_runs(ours, self._theirs)
        bury(self._writer)

    def articles(self) -> Iterator[int]:
        """Join the articles, a batch at a time; yields how many are done."""
        last = 0
        while ids := [one for (one,) in self._theirs.execute(IDS, (last, BATCH))]:
            last = ids[-1]
            changes = Changes()
            with self._writer.transaction() as ours:
                for row in article_rows(self._theirs, ids):
                    self._tally["articles"] += 1
                    self._unite(row, changes)
                changes.write(ours)
            self._union.look()
            yield self._tally["articles"]

    def end(self) -> None:
        """The ledger, once all is held that will be; the days, once the ledger stands."""
        for rows in joining.ledger_batches(self._theirs, LEDGER_BATCH):
            with self._writer.transaction() as ours:
                joining.join_ledger(ours, rows, self._runs)
        with self._writer.transaction() as ours:
            joining.join_days(ours, self._theirs)

    def summary(self, path: Path) -> MergeSummary:
        return MergeSummary(path=path, conflicts=tuple(self._named), **{name: self._tally[name] for name in COUNTED})

    def _unite(self, row: ArticleRow, changes: Changes) -> None:
        try:
            done, revisions = self._union.join(row, changes)
        except RefusedError as error:
            self._tally["conflict_count"] += 1
            if len(self._named) < MOST_NAMED:
                self._named.append((f"{row.agency}/{row.news_code}", str(error)))
        else:
            self._tally[done] += 1
            self._tally["revisions"] += revisions
