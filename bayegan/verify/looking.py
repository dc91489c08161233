"""A look through the whole archive, and the mending of what it finds."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bayegan.archive import schema
from bayegan.archive.faults import FOREIGN, MISSING, NEWER, reached, told
from bayegan.archive.opening import BUSY_SECONDS, address
from bayegan.archive.writer import Writer
from bayegan.verify import database
from bayegan.verify.checks import Finding, Look, Repair
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from bayegan.verify.checks import Check, Kind

    Report = Callable[[str, int, int], None]  # what is being checked, how much of it is done, of how much

MOST_NAMED: Final = 10_000  # faults of one kind that are named; all are counted
MOST_ROUNDS: Final = 4  # what is mended may lay bare something else: a text, and the index that held the damaged one
COUNTS: Final = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM pages)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """Which archive is looked through, by which checks, and when; ``report`` is told how far it came."""

    path: Path
    checks: Sequence[Check]
    quick: bool
    now: datetime
    report: Report


class Found:
    """What was found: all of it counted, the first 10,000 of each kind by name."""

    def __init__(self) -> None:
        self.counts: Counter[Kind] = Counter()
        self.named: dict[tuple[str, str | None, str], Finding] = {}
        self.articles = self.pages = 0

    def add(self, finding: Finding) -> None:
        self.counts[finding.kind] += 1
        if self.counts[finding.kind] <= MOST_NAMED:
            self.named[finding.kind.name, finding.where, finding.what] = finding

    def join(self, later: Found) -> None:
        """Take in what a later look found and this one did not."""
        for key, finding in later.named.items():
            if key not in self.named:
                self.add(finding)

    @property
    def mendable(self) -> bool:
        return any(kind.mend is not None for kind in self.counts)


def look(inspection: Inspection) -> Found:
    """Go through all checks once; nothing is written."""
    found = Found()
    with opened(inspection.path) as conn, told(inspection.path):
        conn.text_factory = _readable
        conn.execute("BEGIN")  # all checks see one moment of the archive, whatever a crawl writes
        older = bool(schema.pending(conn))
        for check in database.CHECKS if older else inspection.checks:
            for finding in _guarded(check, _look(inspection, conn, check.name)):
                found.add(finding)
        if not older and not found.counts[database.TABLE_LOST]:
            found.articles, found.pages = conn.execute(COUNTS).fetchone()
    return found


def mend(inspection: Inspection, found: Found) -> Found:
    """Mend and look again, until nothing is left that can be mended, or nothing changes.

    ``found`` takes in what was laid bare meanwhile; the answer is what is left.
    """
    left = found
    for _ in range(MOST_ROUNDS):
        if not left.mendable:
            break
        whole = _mend_all(inspection, left)
        before, left = left, look(inspection)
        found.join(left)
        if not whole or left.counts == before.counts:
            break
    return left


def opened(path: Path) -> closing[sqlite3.Connection]:
    """The archive, to be read alone. Raises ArchiveError for a file that is missing, none of ours, or newer than us."""
    with reached(path):
        if not path.is_file():
            raise ArchiveError(MISSING.format(path=path))
        where = address(path)
    with told(path):
        conn = sqlite3.connect(where, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        with told(path):
            _refuse(conn, path)
    except BaseException:
        conn.close()
        raise
    return closing(conn)


def _refuse(conn: sqlite3.Connection, path: Path) -> None:
    if not schema.is_archive(conn):
        raise ArchiveError(FOREIGN.format(path=path))
    if unknown := schema.unknown(conn):
        raise ArchiveError(NEWER.format(path=path, names=", ".join(unknown)))


def _look(inspection: Inspection, conn: sqlite3.Connection, name: str) -> Look:
    def step(done: int, total: int) -> None:
        inspection.report(name, done, total)

    step(0, 0)
    return Look(conn=conn, now=inspection.now, quick=inspection.quick, step=step)


def _guarded(check: Check, looking: Look) -> Iterator[Finding]:
    """A check that the damage itself breaks off is a fault, and the others go on."""
    try:
        yield from check.find(looking)
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.DatabaseError as error:
        what = f"the check of «{check.name}» broke off, SQLite says: {error}"
        yield Finding(check.broken_off or database.UNREADABLE, None, what)


def _mend_all(inspection: Inspection, found: Found) -> bool:
    """Whether all ways were gone; damage of the file itself may bar them, and was told already."""
    try:
        with Writer(inspection.path) as writer:
            writer.conn.text_factory = _readable
            return _mend(inspection, writer, found)
    except ArchiveError:
        if not {database.DAMAGE, database.UNREADABLE} & found.counts.keys():
            raise
        return False


def _mend(inspection: Inspection, writer: Writer, found: Found) -> bool:
    """One transaction for each way of mending; a file that stays damaged itself is not written on."""
    for check in inspection.checks:
        looking = _look(inspection, writer.conn, check.name)
        for way in dict.fromkeys(kind.mend for kind in check.kinds if kind.mend and kind in found.counts):
            again = (finding for finding in check.find(looking) if finding.kind.mend is way)
            with writer.transaction():
                way(Repair(writer=writer, look=looking), again)
        if database.DAMAGE in check.kinds and database.DAMAGE in found.counts and any(check.find(looking)):
            return False
    return True


def _readable(written: bytes) -> str:
    """A text with damaged letters can be read, and is found to be another."""
    return written.decode("utf-8", "replace")
