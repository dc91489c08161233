"""Robust statistics: what is usual, how far it spreads, and how likely a share is by chance."""

from __future__ import annotations

from math import comb
from statistics import median
from typing import TYPE_CHECKING

from bayegan.health.thresholds import MOST_DRAWN, SIGMA

if TYPE_CHECKING:
    from collections.abc import Sequence


def usual(values: Sequence[float]) -> tuple[float, float]:
    """The median, and the spread about it as a standard deviation (from the median deviation): outliers move neither.

    >>> usual([10, 11, 9, 10, 300])
    (10, 1.4826)
    """
    middle = median(values)
    return middle, SIGMA * median(abs(value - middle) for value in values)


def chance(found: int, among: int, share: float) -> float:
    """How likely ``found`` or fewer are among so many, where ``share`` of all are so (binomial).

    >>> round(chance(0, 3, 0.9), 4), round(chance(9, 10, 0.9), 4)
    (0.001, 0.6513)
    """
    if among > MOST_DRAWN:
        found, among = -(-found * MOST_DRAWN // among), MOST_DRAWN
    return sum(comb(among, n) * share**n * (1 - share) ** (among - n) for n in range(found + 1))
