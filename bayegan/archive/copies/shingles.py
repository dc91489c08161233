"""What a text says, as the set of its three-word pieces, and how much of one text stands in another.

Pieces are taken from the folded text, so that two spellings of a word are one, without the phrases that every article
of an agency opens and ends with. A text of a few words has too few pieces to tell two texts apart: it is one piece,
the whole of it, and is found again only word for word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST_PIECES: Final = 12  # under it a text is short: captions, announcements of a video
FEWEST_WORDS: Final = 8  # under it a text says nothing that could be copied
FEWEST_SHARED: Final = 10  # pieces that any two texts of a subject do not have in common by chance
COPIED: Final = 0.25  # of the one text stands in the other: a copy of some of it
SAME: Final = 0.4  # of each stands in the other: both tell the same
FEWEST_NUMBERS: Final = 4  # of each of two texts, for their numbers to be compared
NUMBERS_SHARED: Final = 0.5

WORD: Final = re.compile(r"[^\W_]+")
NUMBER: Final = re.compile(r"\d+")
# «به گزارش خبرگزاری … از …،», «به گزارش خبرنگار …؛»: who reports stands before the first mark of the text.
OPENING: Final = re.compile(r"\W*(?:[^\W\d_]+\W{1,3}){0,3}?به گزارش [^،,:؛;.\n]{2,90}[،,:؛;]")
ENDING: Final = re.compile(r"انتهای پیام\W{0,5}\d*")


class Pieces(NamedTuple):
    """A text taken apart; ``text`` is what the pieces were taken of."""

    held: frozenset[str]
    text: str

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(NUMBER.findall(self.text))


class Shared(NamedTuple):
    """How much of a text stands in another, and of the other in it (0 to 1)."""

    share: float
    back: float

    @property
    def is_same(self) -> bool:
        return min(self) >= SAME


def pieces_of(texts: Iterable[str | None]) -> Pieces:
    """Take title, lead and body apart, as published."""
    return pieces(fold(text or "") for text in texts)


def pieces(folded: Iterable[str]) -> Pieces:
    r"""Take texts apart that are folded already.

    >>> sorted(pieces(["به گزارش خبرگزاری مهر، باران از فردا در سه استان کشور می بارد. انتهای پیام/ 12"]).held)
    ['باران از فردا در سه استان کشور می بارد']
    """
    texts = [_own(text) for text in folded]
    words = [WORD.findall(text) for text in texts]
    held: set[str] = set()
    for line in words:
        held.update(map(" ".join, zip(line, line[1:], line[2:], strict=False)))
    if len(held) < FEWEST_PIECES:
        whole = [word for line in words for word in line]
        held = {" ".join(whole)} if len(whole) >= FEWEST_WORDS else set()
    return Pieces(frozenset(held), "\n".join(texts))


def shared(one: Pieces, other: Pieces) -> Shared | None:
    """Compare two texts; None where neither is a copy of the other.

    Two reports that share their words and not their numbers (prices, weather, the times of prayer, day after day) were
    written after one pattern, and are no copies.
    """
    common = len(one.held & other.held)
    if not common or common < min(FEWEST_SHARED, len(one.held)):
        return None
    found = overlap(one, other)
    return found if max(found) >= COPIED and _same_numbers(one, other) else None


def overlap(one: Pieces, other: Pieces) -> Shared:
    """Compare two texts, be they copies or not."""
    common = len(one.held & other.held)
    return Shared(*(round(common / len(text.held), 4) if text.held else 0.0 for text in (one, other)))


def _own(text: str) -> str:
    """The text without what is said of every report."""
    opened = OPENING.sub(" ", text, count=1) if "به گزارش" in text[:120] else text
    return ENDING.sub(" ", opened) if "انتهای پیام" in opened else opened


def _same_numbers(one: Pieces, other: Pieces) -> bool:
    mine, theirs = one.numbers, other.numbers
    fewer = min(len(mine), len(theirs))
    return fewer < FEWEST_NUMBERS or len(mine & theirs) >= NUMBERS_SHARED * fewer
