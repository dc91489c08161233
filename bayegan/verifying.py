"""Is the archive what it says it is? Every fault by its article, and what can be mended mended."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Final

from bayegan.archive.faults import told
from bayegan.archive.lock import agency_lock
from bayegan.verify.looking import Inspection, look, mend, opened
from bayegan.verify.table import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bayegan.verify.checks import Check
    from bayegan.verify.looking import Found, Report

AGENCIES: Final = """
    SELECT name FROM agencies UNION SELECT agency FROM articles UNION SELECT agency FROM ledger
    UNION SELECT agency FROM days
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault in a line: ``where`` is ``agency/code``, an agency, or None where it is nobody's alone.

    A ``note`` is worth knowing and no fault; ``advice`` says what to do about what was not ``mended``.
    """

    kind: str
    where: str | None
    what: str
    advice: str
    note: bool = False
    mended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What was found: ``faults`` names the first 10,000 of each kind; the others count all, by kind."""

    path: Path
    articles: int
    pages: int
    seconds: float
    faults: tuple[Fault, ...]
    found: dict[str, int]
    mended: dict[str, int]
    notes: dict[str, int]

    @property
    def exit_code(self) -> int:
        """0 where there is no fault, or none that was not mended."""
        return int(self.found != self.mended)


def now() -> datetime:
    return datetime.now(UTC)


def verify(
    path: Path,
    *,
    repair: bool = False,
    quick: bool = False,
    clock: Callable[[], datetime] = now,
    report: Report = lambda name, done, total: None,  # noqa: ARG005 -- nobody looks on
    checks: Sequence[Check] = CHECKS,
) -> Verified:
    """Check an archive; with ``repair``, mend what its pages and rows can mend, and look again.

    ``quick`` leaves out what reads all texts and pages. Without ``repair`` nothing is written, and a crawl may go on
    meanwhile. No article and no page is ever deleted. Raises ArchiveError for a file that is missing, no archive or of
    a newer bayegan; with ``repair``, AgencyBusyError while another run holds an agency.
    """
    begun = monotonic()
    chosen = [check for check in checks if check.quick or not quick]
    inspection = Inspection(path=path, checks=chosen, quick=quick, now=clock(), report=report)
    with ExitStack() as locks:
        if repair:
            _lock_all(path, locks)
        found = look(inspection)
        left = mend(inspection, found) if repair else found
    return _verified(path, found, left, monotonic() - begun)


def _lock_all(path: Path, locks: ExitStack) -> None:
    with opened(path) as conn, told(path):
        try:
            names = [name for (name,) in conn.execute(AGENCIES)]
        except sqlite3.DatabaseError:
            names = []  # too damaged, or too old, to say
    for name in names:
        if "/" not in name:  # no run could hold it
            locks.enter_context(agency_lock(path, name))


def _verified(path: Path, found: Found, left: Found, seconds: float) -> Verified:
    faults = (
        Fault(
            kind=finding.kind.name,
            where=finding.where,
            what=finding.what,
            advice=finding.kind.advice,
            note=finding.kind.note,
            mended=key not in left.named,
        )
        for key, finding in found.named.items()
    )
    mended = found.counts - left.counts
    return Verified(
        path=path,
        articles=left.articles,
        pages=left.pages,
        seconds=round(seconds, 3),
        faults=tuple(faults),
        found={kind.name: count for kind, count in found.counts.items() if not kind.note},
        mended={kind.name: count for kind, count in mended.items() if not kind.note},
        notes={kind.name: count for kind, count in found.counts.items() if kind.note},
    )
