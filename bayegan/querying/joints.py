"""Where a Persian word may be joined or parted, by the rules of spelling alone; the archive knows the rest.

A word that can be parted in several ways is a tuple of parts for each; all is folded.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from bayegan.querying.word_lists import (
    AFTER_ALL,
    AFTER_HEH,
    AFTER_LONG,
    AFTER_NOUNS,
    AFTER_NUMERALS,
    BEFORE_NOUNS,
    BEFORE_VERBS,
    HAMZA,
    LITTLE,
    NUMERALS,
    SHORT_FIRST,
    SHORT_LAST,
    WELL_KNOWN,
    WHOLE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Parts = tuple[str, ...]

SHORTEST_STEM: Final = 2
SHORTEST_AFTER_PREFIX: Final = 3
SHORT: Final = 2  # letters of a part that only a list lets stand for a word
LONG: Final = 4
LONGEST: Final = 40  # letters of a word that is worth a guess
MOST_PARTS: Final = 5
KNOWN: Final = {"".join(parts): parts for parts in WELL_KNOWN}
# In letters and digits: «کووید۱۹», «۱۷آذر», «g20».
DIGITS: Final = re.compile(r"[0-9]+|[^0-9]+")
SILENT_HEH: Final = re.compile("..(?<![او])ه$")
AND: Final = "و"
PLURAL: Final = "های"
SINGULAR: Final = "ای"
EZAFE: Final = "ی"


@lru_cache(maxsize=4096)
def parted(word: str) -> tuple[Parts, ...]:
    """Every way in which the rules part a word written as one; () where it is one.

    >>> parted("کتابهایش"), parted("نمیروند"), parted("تنها")
    ((('کتاب', 'هایش'),), (('نمی', 'روند'),), ())
    >>> parted("کووید19")
    (('کووید', '19'),)
    """
    return tuple(dict.fromkeys(_parted(word)))


def coarser(parts: Parts) -> list[Parts]:
    """All ways of writing some or all of the parts as one, the whole word as one first; of many parts that alone.

    >>> coarser(("کتاب", "های", "شان"))
    [('کتابهایشان',), ('کتاب', 'هایشان'), ('کتابهای', 'شان')]
    """
    if len(parts) > MOST_PARTS:
        return [("".join(parts),)]
    inner = range(1, len(parts))
    cuts = (kept for count in range(len(parts) - 1) for kept in combinations(inner, count))
    return [_joined(parts, (0, *kept, len(parts))) for kept in cuts]


def guessed(word: str) -> list[Parts]:
    """Every way in which a word that nobody knows may be two, or two with «و» between them.

    No part is a little word, and none is short where the other is not long: a guess is to be right or nothing.
    """
    if word in WHOLE or word in KNOWN or len(word) > LONGEST:
        return []
    pairs = [(word[:at], word[at:]) for at in range(SHORT, len(word) - SHORT + 1)]
    found: list[Parts] = [pair for pair in pairs if _may_join(*pair)]
    if word.endswith(PLURAL):
        found.append((word[:-2], word[-2:]))  # «خانه‌ای», where «خان‌های» is the likelier reading
    found += [(one, AND, rest[1:]) for one, rest in pairs if rest[0] == AND and _may_pair(one, rest[1:])]
    return found + [(*parts, *affix) for stem, affix in _suffixed(word) for parts in guessed(stem)]


def may_be_one(parts: Parts) -> bool:
    """Whether words that stand apart may be guessed to be one word that lost its joint."""
    return parts in guessed("".join(parts))


def without_ezafe(word: Parts) -> Parts | None:
    """«خانه‌ی» as those write it who write «خانهٔ», which folds to «خانه»; None for any other word.

    >>> without_ezafe(("خانه", "ی"))
    ('خانه',)
    """
    *stem, last = word
    return tuple(stem) if last == EZAFE and stem and SILENT_HEH.search(stem[-1]) else None


def hamza_forms(word: str) -> list[str]:
    """The word as it is, and as others write its hamza.

    >>> hamza_forms("مسیولان")
    ['مسیولان', 'مسوولان', 'مسولان']
    """
    found = _WITH_HAMZA.match(word)
    if found is None:
        return [word]
    rest = word[found.end() :]
    return list(dict.fromkeys((word, *(form + rest for form in _HAMZA_FORMS[found[0]]))))


def _parted(word: str) -> Iterator[Parts]:
    if word in WHOLE:
        return
    if word in KNOWN:
        yield KNOWN[word]
    pieces = tuple(DIGITS.findall(word))
    if 1 < len(pieces) <= MOST_PARTS:
        yield pieces
    for stem, affix in _suffixed(word):
        yield (stem, *affix)
        yield from ((*parts, *affix) for parts in _prefixed(stem))
        if stem in KNOWN:
            yield (*KNOWN[stem], *affix)
    yield from _prefixed(word)


def _suffixed(word: str) -> Iterator[tuple[str, Parts]]:
    for glued, ways in _AFTER:
        stem = word[: -len(glued)]
        if word.endswith(glued) and not (glued == SINGULAR and word.endswith(PLURAL)):
            yield from ((stem, parts) for parts, may_follow in ways if may_follow(stem))


def _prefixed(word: str) -> Iterator[Parts]:
    for glued, parts in _BEFORE_VERBS:
        verb = word[len(glued) :]
        if word.startswith(glued) and len(verb) >= SHORTEST_STEM and parts[-1] + verb not in WHOLE:
            yield (*parts, verb)
    for (prefix,) in BEFORE_NOUNS:
        if word.startswith(prefix) and len(word) >= len(prefix) + SHORTEST_AFTER_PREFIX:
            yield prefix, word[len(prefix) :]
    for numeral in NUMERALS:
        if word.startswith(numeral) and word[len(numeral) :] in AFTER_NUMERALS:
            yield numeral, word[len(numeral) :]


@cache
def _is_little(part: str) -> bool:
    return part in LITTLE or part.isdigit()


def _may_join(one: str, other: str) -> bool:
    if _is_little(one) or _is_little(other):
        return False
    if len(one) <= SHORT:
        return one in SHORT_FIRST and len(other) >= LONG
    return len(other) > SHORT or (other in SHORT_LAST and len(one) > SHORT)


def _may_pair(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= SHORT and not _is_little(one) and not _is_little(other)


def _joined(parts: Parts, cuts: tuple[int, ...]) -> Parts:
    return tuple("".join(parts[start:end]) for start, end in pairwise(cuts))


def _after() -> list[tuple[str, list[tuple[Parts, Callable[[str], bool]]]]]:
    """Endings by how they are written as one, with each way of parting them and what they may follow."""
    found: dict[str, list[tuple[Parts, Callable[[str], bool]]]] = {}
    for endings, may_follow in _ENDINGS:
        for parts in endings:
            found.setdefault("".join(parts), []).append((parts, may_follow))
    return list(found.items())


_ENDINGS: Final[tuple[tuple[tuple[Parts, ...], Callable[[str], bool]], ...]] = (
    (AFTER_ALL, lambda stem: len(stem) >= SHORTEST_STEM),
    (AFTER_HEH, lambda stem: SILENT_HEH.search(stem) is not None),
    (AFTER_LONG, lambda stem: len(stem) >= LONG),
    (AFTER_NOUNS, lambda stem: len(stem) > SHORT),
)
_AFTER: Final = _after()
_BEFORE_VERBS: Final = [("".join(parts), parts) for parts in BEFORE_VERBS]
_HAMZA_FORMS: Final = {form: forms for forms in HAMZA for form in forms}
_WITH_HAMZA: Final = re.compile("|".join(sorted(_HAMZA_FORMS, key=len, reverse=True)))
