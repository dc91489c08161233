"""Is each agency healthy? Its last run against its own past, with a page that shows what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from bayegan.archive.faults import told
from bayegan.archive.lock import agency_lock
from bayegan.archive.reader import open_archive
from bayegan.health import history
from bayegan.health.checkup import checkup
from bayegan.health.examples import example
from crawler import agencies
from crawler.errors import BayeganError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from bayegan.health.examples import Example
    from bayegan.health.measures import Measures
    from bayegan.health.troubles import Trouble

State = Literal["healthy", "too early to say", "faulty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """One agency: ``run`` is the last that came to its end; ``apart`` readings of broken runs wait to be looked at."""

    agency: str
    state: State
    run: int | None = None
    started: datetime | None = None
    exit: int | None = None
    troubles: tuple[Trouble, ...] = ()
    apart: int = 0
    measures: Measures | None = None
    example: Example | None = None


def examine(archive: Path, names: Sequence[str] = (), *, now: datetime | None = None) -> list[Examined]:
    """Examine these agencies, or all that were ever crawled into the archive; nothing is written.

    Raises UsageError for an unknown agency, BayeganError for one that was never crawled, ArchiveError.
    """
    with open_archive(archive) as opened, opened.snapshot() as conn:
        crawled = history.agencies(conn)
        for name in names:
            _refuse_unknown(name, crawled)
        return [_examine(conn, name, now or datetime.now(UTC)) for name in names or crawled]


def accept(archive: Path, names: Sequence[str]) -> int:
    """Say of these agencies that what their last runs found is how they are from now on.

    What was kept apart is fetched by the next run; the answer is how much that is. Raises as :func:`examine` does, and
    AgencyBusyError while a run holds one of them.
    """
    from bayegan.archive.writer import Writer  # noqa: PLC0415 -- a third of a second, and doctor mostly reads

    last = {one.agency: one.run for one in examine(archive, names)}
    again = 0
    with told(archive), Writer(archive) as writer:
        for name, run in last.items():
            with agency_lock(archive, name):
                if run is not None:
                    history.accept(writer, run)
                again += history.list_again(writer, name)
    return again


def _refuse_unknown(name: str, crawled: Sequence[str]) -> None:
    if name not in crawled:
        agencies.agency(name)
        raise BayeganError(f"{name} was never crawled into this archive: `bayegan crawl {name}` begins.")


def _examine(conn: sqlite3.Connection, name: str, now: datetime) -> Examined:
    found = checkup(history.records(conn, name), now)
    state: State = "faulty" if found.troubles else "too early to say" if found.early else "healthy"
    examined = Examined(
        agency=name,
        state=state,
        troubles=found.troubles,
        apart=history.apart(conn, name),
        example=example(conn, name, found.troubles),
    )
    if (run := found.run) is None:
        return examined
    return replace(examined, run=run.id, started=run.started, exit=run.exit, measures=run.measures)
