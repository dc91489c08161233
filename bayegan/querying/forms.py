"""In which other ways an archive writes the words of a query, by the rules of spelling and its own joined words.

A word is a tuple of its parts as it was typed: one, or several with non-joiners between. What the archive does not
hold at all is left out of the answer, but for the word as typed.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, Final, Protocol

from bayegan.querying.joints import Parts, coarser, guessed, hamza_forms, may_be_one, parted, without_ezafe
from bayegan.querying.word_lists import LITTLE, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_FORMS: Final = 12  # of one word
MOST_TOGETHER: Final = 3  # adjacent words that may be one, as in «گفت و گو»
# A glued word this many times as common as its joined form is a word of its own: one «ما‌در» makes no other «مادر».
SLIP: Final = 20
LITTLE_SLIP: Final = 5  # the same, where a part is a little word


class Vocabulary(Protocol):
    """What an archive is asked about its words; all folded."""

    def holds(self, word: str) -> bool:
        """Whether any text has the word."""

    def more_than(self, word: str, articles: int) -> bool:
        """Whether more articles than that have it; where that would take long to tell, no."""

    def adjacent(self, parts: Parts) -> bool:
        """Whether any text has the words side by side; where it would take long to tell, yes."""

    def joined(self, glued: str) -> list[tuple[Parts, int]]:
        """Parts of a word that texts join, and in how many articles."""

    def joined_from(self, beginning: str) -> list[Parts]:
        """Parts of the hundred commonest joined words that begin so."""


def forms(word: Parts, vocabulary: Vocabulary) -> list[Parts]:
    """Every way in which the word may be written in this archive, as typed first."""
    ways = [way for each in _hamza(word) for way in _ways(each, vocabulary)]
    held = (way for way in dict.fromkeys((word, *ways)) if way == word or _held(way, vocabulary))
    return list(held)[:MOST_FORMS]


def beginnings(word: Parts, vocabulary: Vocabulary) -> list[Parts]:
    """Every way in which a word that begins so may begin."""
    glued = "".join(word)
    joined = (begun for parts in vocabulary.joined_from(glued) if (begun := _cut(parts, len(glued))))
    ways = (way for each in _hamza(word) for way in (each, *coarser(each), *parted("".join(each))))
    return list(dict.fromkeys((word, *ways, *joined)))[:MOST_FORMS]


def as_one(words: Sequence[Parts], vocabulary: Vocabulary) -> list[Parts]:
    """How adjacent words are written as one word that has lost the space between any two of them; [] where never."""
    typed = tuple("".join(word) for word in words)
    apart = tuple(part for word in words for part in word)
    known = _known("".join(typed), vocabulary)
    finer = (way for way in known if _is_cut(typed, way))
    ways = (way for each in (*_hamza(typed), apart) for way in coarser(each))
    held = (way for way in dict.fromkeys((*ways, *finer)) if way not in (apart, typed) and _held(way, vocabulary))
    found = list(islice(held, MOST_FORMS))
    return found if found and _belong_together(typed, known, vocabulary) else []


def groups(words: Sequence[Parts], vocabulary: Vocabulary) -> list[tuple[int, int, list[Parts]]]:
    """Which adjacent words may be one: where they begin and end, and how that is written."""
    spans = ((start, start + count) for count in range(2, MOST_TOGETHER + 1) for start in range(len(words) - count + 1))
    found = ((start, end, as_one(words[start:end], vocabulary)) for start, end in spans)
    return [group for group in found if group[2]]


def _ways(word: Parts, vocabulary: Vocabulary) -> Iterator[Parts]:
    glued = "".join(word)
    known = [parts for parts in _known(glued, vocabulary) if _is_cut(word, parts)]
    if len(word) == 1 and not any(_held(parts, vocabulary) for parts in (word, *known)):
        known = [*known, *guessed(glued)]
    for parts in filter(None, (word, *known, without_ezafe(word))):
        yield parts
        yield from coarser(parts)


def _known(glued: str, vocabulary: Vocabulary) -> list[Parts]:
    """Parts of a word written as one: by the rules, by the archive, and by the archive for what an affix follows."""
    by_rule = parted(glued)
    by_archive = list(_by_archive(glued, vocabulary))
    stems = ((*stem, *parts[1:]) for parts in by_rule for stem in _by_archive(parts[0], vocabulary))
    return [*by_rule, *by_archive, *stems]


def _by_archive(glued: str, vocabulary: Vocabulary) -> Iterator[Parts]:
    for parts, articles in vocabulary.joined(glued):
        doubtful = glued in WHOLE or any(part in LITTLE for part in parts)
        if not vocabulary.more_than(glued, articles * (LITTLE_SLIP if doubtful else SLIP)):
            yield parts


def _belong_together(typed: Parts, known: list[Parts], vocabulary: Vocabulary) -> bool:
    if any(_is_cut(typed, parts) for parts in known):
        return True
    return vocabulary.holds("".join(typed)) and may_be_one(typed) and not vocabulary.adjacent(typed)


def _is_cut(word: Parts, parts: Parts) -> bool:
    """Whether the parts part what the word parts: «منطقه‌ای» is never «منطق‌های»."""
    return word == parts or word in coarser(parts)


def _held(parts: Parts, vocabulary: Vocabulary) -> bool:
    return all(map(vocabulary.holds, parts))


def _hamza(word: Parts) -> Iterable[Parts]:
    return islice(product(*map(hamza_forms, word)), MOST_FORMS)


def _cut(parts: Parts, letters: int) -> Parts:
    """The parts up to so many letters; where one letter of the last would be left, it is whole.

    FTS5 would go through a tenth of all words for what begins with one letter: seconds in a large archive.
    """
    kept: list[str] = []
    for part in parts:
        left = letters - sum(map(len, kept))
        if left <= 0:
            break
        kept.append(part if left == 1 else part[:left])
    return tuple(kept)
