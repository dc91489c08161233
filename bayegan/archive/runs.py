"""Runs: when a crawl began and ended, what it did, and the exit code that says so."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from crawler.dates import utc_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from bayegan.archive.writer import Writer

BEGIN: Final = """
    INSERT INTO runs (agency, started, home, window, version)
    VALUES (:agency, :started, :home, :window, :version)
"""
LAST: Final = "SELECT id, ended FROM runs WHERE agency = ? ORDER BY id DESC LIMIT 1"
LATER: Final = "SELECT id, started FROM runs WHERE started > ? ORDER BY started DESC LIMIT 1"
LAST_BEGUN: Final = "SELECT max(started) FROM runs WHERE agency = ?"
END: Final = "UPDATE runs SET ended = :ended, counts = :counts, exit_code = :exit_code WHERE id = :id"

CUT_OFF: Final = "Run {} was cut off before its end: what it left open is fetched first."
AHEAD: Final = "The clock says {}, but run {} began at {}: set the clock; days that it walked ahead are walked again."
SLACK: Final = timedelta(minutes=1)  # by how much a clock may be put right without a word

COUNTED: Final = ("listed", "held", "new", "revised", "duplicate", "failed", "gone", "blocked", "refused", "requests")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did. ``listed`` and ``held`` count the window (or what was due); the rest, this run's own work.

    ``reasons`` are sentences for the operator: why something is missing, and what to do.
    ``due`` has the addresses that a dry run would have asked for.
    """

    agency: str
    run: int | None = None
    since: date | None = None
    until: date | None = None
    listed: int = 0
    held: int = 0
    new: int = 0
    revised: int = 0
    duplicate: int = 0
    failed: int = 0
    gone: int = 0
    blocked: int = 0
    refused: int = 0
    requests: int = 0
    seconds: float = 0.0
    exit: int = 0
    reasons: tuple[str, ...] = ()
    due: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The one JSON document of ``crawl --json``: dates as YYYY-MM-DD or null."""
        counts = {name: getattr(self, name) for name in COUNTED}
        window = {"from": self.since and str(self.since), "to": self.until and str(self.until)}
        return {"run": self.run, "agency": self.agency, **window, **counts, "seconds": self.seconds, "exit": self.exit}


def before(conn: sqlite3.Connection, agency: str, now: datetime) -> tuple[str, ...]:
    """What is to be said of earlier runs by the one that holds the agency's lock, before it begins."""
    last = conn.execute(LAST, (agency,)).fetchone()
    later = conn.execute(LATER, (utc_text(now + SLACK),)).fetchone()
    said = [CUT_OFF.format(last[0])] if last and last[1] is None else []
    return (*said, *([AHEAD.format(utc_text(now), *later)] if later else []))


def begin(writer: Writer, agency: str, now: datetime, *, home: str, window: str | None, version: str) -> int:
    """Write the run down before its first request; the answer is its id."""
    row = {"agency": agency, "started": utc_text(now), "home": home, "window": window, "version": version}
    with writer.transaction():
        return int(writer.conn.execute(BEGIN, row).lastrowid or 0)


def longest_ago_first(conn: sqlite3.Connection, agencies: Iterable[str]) -> list[str]:
    """Who was never crawled, then who was longest ago: whoever a limit left out today is among the first tomorrow."""
    return sorted(agencies, key=lambda name: conn.execute(LAST_BEGUN, (name,)).fetchone()[0] or "")


def end(writer: Writer, summary: Summary, now: datetime, measured: Mapping[str, int] | None = None) -> None:
    """Write down how the run ended, with what else it ``measured`` of itself."""
    counts = {name: value for name, value in asdict(summary).items() if name in COUNTED} | dict(measured or {})
    row = {"ended": utc_text(now), "counts": json.dumps(counts), "exit_code": summary.exit, "id": summary.run}
    with writer.transaction():
        writer.conn.execute(END, row)
