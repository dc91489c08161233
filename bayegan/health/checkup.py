"""An agency looked at from outside, between two runs: what its last run said, and whether runs still come."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from bayegan.health import sentences
from bayegan.health.judging import judge
from bayegan.health.past import ENDED_EARLY, HOUR, Record, recent, sound
from bayegan.health.thresholds import FEWEST_RUNS, OVERDUE, OVERDUE_HOURS
from bayegan.health.troubles import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Checkup:
    """``run`` is the one that was judged, None where none came to its end.

    ``early``: too little is known of the agency to compare with.
    """

    run: Record | None
    troubles: tuple[Trouble, ...]
    early: bool


def checkup(runs: Sequence[Record], now: datetime) -> Checkup:
    """Judge the last of an agency's runs, the newest first, that came to its end."""
    place = next((place for place, run in enumerate(runs) if run.exit != ENDED_EARLY), len(runs))
    judged, before = (runs[place] if place < len(runs) else None), runs[place + 1 :]
    found = list(judge(judged, before)) if judged else []
    if runs and runs[0].exit == ENDED_EARLY and runs[0].measures.fresh is not None:  # one that goes on has no numbers
        found.append(Trouble("ended early", ENDED_EARLY, sentences.ENDED_EARLY))
    if late := _overdue(runs, now):
        found.append(late)
    return Checkup(judged, tuple(found), len(sound(recent(runs[place:])[1:])) < FEWEST_RUNS)


def _overdue(runs: Sequence[Record], now: datetime) -> Trouble | None:
    pauses = [(later.started - earlier.started) / HOUR for later, earlier in pairwise(runs)]
    if len(pauses) < FEWEST_RUNS:
        return None
    usually = median(pauses)
    if (now - runs[0].started) / HOUR <= max(OVERDUE * usually, OVERDUE_HOURS):
        return None
    return Trouble("overdue", ENDED_EARLY, sentences.overdue(runs[0].started, usually))
