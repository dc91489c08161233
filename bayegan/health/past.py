"""The agency's past as it is judged by: its runs, and the days that they make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bayegan.health.calendar import kind_of
from bayegan.health.thresholds import BLOCK_HOURS, LAST_RUNS
from crawler.dates import TEHRAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bayegan.health.calendar import Kind
    from bayegan.health.measures import Measures

ENDED_EARLY, SILENT, PARTLY, BLOCKED, WRONG = 1, 3, 4, 5, 6
SOUND: Final = (0, PARTLY)  # exit codes of runs whose readings say how the agency is
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One run as it is judged; ``plain``: without days, so that it says how much the agency lists."""

    id: int
    started: datetime
    exit: int
    plain: bool
    measures: Measures


@dataclass(frozen=True, slots=True)
class Block:
    """The runs of about a day as one: articles new to us since the run before it, and over how many hours.

    Not ``whole`` where a run of it was cut off, and what it listed is not known.
    """

    since: datetime
    hours: float
    fresh: int
    kind: Kind
    whole: bool

    @property
    def rate(self) -> float:
        """Articles a day."""
        return self.fresh / self.hours * 24


def recent(runs: Sequence[Record]) -> list[Record]:
    """Of runs, the newest first, those since somebody last said «this is how the agency is now»."""
    last = next((place for place, run in enumerate(runs) if run.measures.accepted), len(runs))
    return list(runs[: last + 1])


def sound(runs: Sequence[Record]) -> list[Record]:
    """Of recent runs those that a reading is compared with."""
    read = (run for run in runs if run.measures.read and (run.exit in SOUND or run.measures.accepted))
    return list(read)[:LAST_RUNS]


def blocks(runs: Sequence[Record]) -> Iterator[Block]:
    """The days of runs, the newest first; what is left over at the far end is none.

    A run of named days is no end of a day, but what it found is not found again by the next.
    """
    fresh, whole, end = 0, True, runs[0].started
    for run, before in pairwise(runs):
        fresh, whole = fresh + (run.measures.fresh or 0), whole and run.measures.fresh is not None
        span = end - before.started
        if before.plain and span >= BLOCK_HOURS * HOUR:
            middle = (before.started + span / 2).astimezone(TEHRAN)
            yield Block(before.started, span / HOUR, fresh, kind_of(middle.date()), whole)
            fresh, whole, end = 0, True, before.started
