"""What an agency lists, against what it listed on days of the same kind: nothing, nothing new, or far less."""

from __future__ import annotations

from itertools import dropwhile, takewhile
from typing import TYPE_CHECKING

from bayegan.health import sentences
from bayegan.health.past import SILENT, blocks
from bayegan.health.statistics import usual
from bayegan.health.thresholds import (
    FEWER,
    FEWER_SPREADS,
    FEWEST_RUNS,
    LAST_RUNS,
    LONGEST_BLOCK_HOURS,
    SILENT_BEFORE,
    SILENT_EXPECTED,
    SLOW_DAYS,
)
from bayegan.health.troubles import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayegan.health.calendar import Kind
    from bayegan.health.past import Block, Record


def listing_trouble(now: Record, before: Sequence[Record]) -> Trouble | None:
    """The trouble with what a run listed, if any; a run of named days says nothing of it."""
    if not now.plain:
        return None
    every = list(blocks((now, *before)))
    days = [day for day in every if _is_known(day)][: LAST_RUNS + 1]
    if now.exit == SILENT and not now.measures.named:  # else it ended so for what was judged of it
        return _silent(now, before, days)
    if not every or not _is_known(every[0]):
        return None
    quiet, rest = _silence(days)
    return _stale(quiet, rest) if quiet else _fewer(days[0], days[1:])


def _is_known(day: Block) -> bool:
    return day.whole and day.hours <= LONGEST_BLOCK_HOURS


def _fewer(today: Block, rest: Sequence[Block]) -> Trouble | None:
    few = expected(today.kind, rest)
    if few is None or today.rate >= min(FEWER * few[0], few[0] - FEWER_SPREADS * max(few[1], few[0] ** 0.5)):
        return None
    return Trouble("fewer", SILENT, sentences.fewer(today, few[0]))


def expected(kind: Kind, days: Sequence[Block]) -> tuple[float, float] | None:
    """(articles a day, their spread) on a kind of day; of too few of them, what a working day leads one to expect."""
    alike = [day.rate for day in days if day.kind == kind]
    if len(alike) >= FEWEST_RUNS:
        return usual(alike)
    working = [day.rate for day in days if day.kind == "working day"]
    if len(working) < FEWEST_RUNS:
        return None
    middle, spread = usual(working)
    return middle * SLOW_DAYS[kind], spread


def _silence(days: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The last days on which nothing new came, and those before."""
    return list(takewhile(_is_quiet, days)), list(dropwhile(_is_quiet, days))


def _is_quiet(day: Block) -> bool:
    return not day.fresh


def _stale(quiet: list[Block], before: Sequence[Block]) -> Trouble | None:
    if len(before) < FEWEST_RUNS or sum(map(_is_quiet, before)) > SILENT_BEFORE * len(before):
        return None
    usually = [(expected(day.kind, before), day) for day in quiet]
    awaited = sum(each[0] * day.hours / 24 for each, day in usually if each)
    if awaited < SILENT_EXPECTED:
        return None
    return Trouble("stale", SILENT, sentences.stale(quiet[-1].since, awaited))


def _silent(now: Record, before: Sequence[Record], days: Sequence[Block]) -> Trouble:
    rates = [day.rate for day in days if day.fresh]
    often = usual(rates)[0] if len(rates) >= FEWEST_RUNS else None
    known = any(run.exit != SILENT for run in before)
    return Trouble("silent", SILENT, sentences.silent(often, known=known, failed=now.measures.silent_listings))
