"""What a run's numbers mean against the agency's past: troubles, each told apart, the cause before its consequences."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final

from bayegan.health import sentences
from bayegan.health.listings import listing_trouble
from bayegan.health.past import BLOCKED, ENDED_EARLY, PARTLY, WRONG, recent, sound
from bayegan.health.statistics import chance, usual
from bayegan.health.thresholds import (
    CHANCE,
    ENOUGH_READ,
    ENOUGH_TEXTS,
    FEWEST_READ,
    FEWEST_RUNS,
    LEAST_EVER,
    LEAST_FALL,
    LEAST_FLOOR,
    MOST_JOINED,
    SHORTER,
    SPREADS,
)
from bayegan.health.troubles import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayegan.health.measures import Measures
    from bayegan.health.past import Record

# Of how many a field is counted.
OF: Final[Mapping[str, str]] = {
    "family": "read",
    "title": "read",
    "body": "texts",
    "lead": "read",
    "published": "read",
    "tags": "read",
    "held": "due",
}
BONES: Final = ("family", "title", "body")  # without these a page is no longer read at all: the site is another
FLESH: Final = ("published", "lead", "tags")


@dataclass(frozen=True, slots=True)
class Fall:
    """A share that lies under its floor: ``found`` of ``among``, where ``usual`` was the share."""

    name: str
    found: int
    among: int
    usual: float


def judge(now: Record, before: Sequence[Record]) -> tuple[Trouble, ...]:
    """The troubles of a run, by those ``before`` it, the newest first; () for a healthy one.

    What explains the rest stands alone: behind a block page nothing is said of what was not read. A run that read too
    few pages says of readings what the runs just before it said.
    """
    if now.measures.accepted:
        return ()
    before = recent(before)
    if now.exit == BLOCKED:
        return (Trouble("blocked", BLOCKED, sentences.BLOCKED),)
    if now.exit == ENDED_EARLY:
        return ()  # what it did not come to says nothing
    past = sound(before)
    wrong = readings(joined(now.measures, before), past)
    listing = listing_trouble(now, before)
    found = [*wrong, *([listing] if listing else [])]
    if not found and (fall := fallen("held", [now.measures], past)):
        found.append(Trouble("missing", PARTLY, sentences.missing(fall.found, fall.among, fall.usual)))
    return tuple(found)


def joined(now: Measures, before: Sequence[Record]) -> list[Measures]:
    """A run with the runs just before it where it read few, the newest first; none of them read nothing."""
    several: list[Measures] = []
    for one in islice((each for each in (now, *(run.measures for run in before)) if each.read), MOST_JOINED):
        if sum(each.read for each in several) >= ENOUGH_READ:
            break
        several.append(one)
    return several


def readings(several: Sequence[Measures], past: Sequence[Record]) -> tuple[Trouble, ...]:
    """What is wrong with readings: another site, fields that are gone, or texts cut short."""
    bones = [fall for name in BONES if (fall := fallen(name, several, past))]
    if bones:
        return (Trouble("redesigned", WRONG, sentences.redesigned(bones), tuple(fall.name for fall in bones)),)
    flesh = [fall for name in FLESH if (fall := fallen(name, several, past))]
    if flesh:
        return (Trouble("emptied", WRONG, sentences.emptied(flesh), tuple(fall.name for fall in flesh)),)
    return _shortened(several[0], past) if several else ()


def fallen(name: str, several: Sequence[Measures], past: Sequence[Record]) -> Fall | None:
    """The fall of a share that chance does not explain: of the newest run, or of it and some of those before it.

    Where the newest is above the floor, nothing is wrong any more.
    """
    line = floor(name, past)
    counts = [(getattr(one, name), among) for one in several if (among := getattr(one, OF[name]))]
    if line is None or not counts or counts[0][0] / counts[0][1] >= line[1]:
        return None
    sums = accumulate(counts, lambda one, other: (one[0] + other[0], one[1] + other[1]))
    falls = (Fall(name, found, among, line[0]) for found, among in sums if chance(found, among, line[1]) < CHANCE)
    return next(falls, None)


def floor(name: str, past: Sequence[Record]) -> tuple[float, float] | None:
    """(what is usual, what is too little) of a share; None where too little is known, or it is seldom there."""
    counted = [(getattr(run.measures, name), getattr(run.measures, OF[name])) for run in past]
    shares = [found / among for found, among in counted if among]
    if len(shares) < FEWEST_RUNS or sum(among for _, among in counted) < FEWEST_READ:
        return None
    middle, spread = usual(shares)
    lowest = max(middle - max(SPREADS * spread, LEAST_FALL), LEAST_EVER * min(shares))
    return (middle, lowest) if lowest >= LEAST_FLOOR else None


def _shortened(now: Measures, past: Sequence[Record]) -> tuple[Trouble, ...]:
    lengths = [run.measures.body_length for run in past if run.measures.body_length]
    if len(lengths) < FEWEST_RUNS or now.body < ENOUGH_TEXTS:
        return ()
    middle, spread = usual(lengths)
    if now.body_length >= min(SHORTER * middle, middle - SPREADS * spread):
        return ()
    return (Trouble("shortened", WRONG, sentences.shortened(now.body_length, int(middle)), ("body",)),)
