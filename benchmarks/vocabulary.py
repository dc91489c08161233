"""Persian words by the hundred thousand: the commonest of news, real stems with real affixes, and names.

A word with non-joiners has three spellings, as it has in the press: with them, with spaces, with nothing at all.
"""

from __future__ import annotations

import random
import tomllib
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).with_suffix(".toml")
JOINT: Final = "~"  # where a non-joiner stands
SPELLINGS: Final = ("\u200c", " ", "")
SHARES: Final = (70, 20, 10)  # how often each is met
# What the rare words are made of, and how many of a hundred of them; a few more, since some are made twice.
PATTERNS: Final = (
    (("stems", "suffixes"), 20),
    (("prefixes", "stems"), 5),
    (("stems", "bonds", "stems"), 8),
    (("heads", "middles", "ends"), 72),
)
# The commoner a word is, the shorter; by how many letters a word may miss its place.
LOOSENESS: Final = 8
# Zipf's law as Mandelbrot mended it: with it the commonest word is 2.5 % of a text, as «و» is.
SHIFT: Final = 2.7


def words(count: int, seed: int) -> list[str]:
    """``count`` different words, the commonest first, joints in them."""
    draw = random.Random(seed)
    rare: list[str] = []
    for parts, share in PATTERNS:
        made = _made(parts)
        rare += draw.sample(made, min(len(made), count * share // 100))
    rare.sort(key=lambda word: len(word) + draw.random() * LOOSENESS)
    stems = _lists()["stems"]
    found = dict.fromkeys([*_lists()["common"], *draw.sample(stems, len(stems)), *rare])
    return list(found)[:count]


def weights(count: int) -> list[float]:
    """The cumulative weights of words of these ranks."""
    return list(accumulate(1 / (rank + SHIFT) for rank in range(1, count + 1)))


def spelled(written: list[str], seed: int) -> list[str]:
    """The same words as one hand writes them: each always in one of its spellings."""
    draw = random.Random(seed)
    joints = draw.choices(SPELLINGS, weights=SHARES, k=len(written))
    return [word.replace(JOINT, joint) for word, joint in zip(written, joints, strict=True)]


def names(kind: str) -> list[str]:
    """The list of this name, as published: «sections» or «places»."""
    return [name.replace("_", " ").replace(JOINT, "\u200c") for name in _lists()[kind]]


@cache
def _lists() -> dict[str, list[str]]:
    return {name: text.split() for name, text in tomllib.loads(LISTS.read_text(encoding="utf-8")).items()}


@cache
def _made(parts: tuple[str, ...]) -> list[str]:
    return sorted({"".join(chosen) for chosen in product(*(_lists()[part] for part in parts))})
