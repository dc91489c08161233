"""Copies as editors make them, of texts as lists of words; and a crowd of articles that only have pieces."""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Words = list[str]
    Edit = Callable[[Words, random.Random], Words]

PARAGRAPH: Final = 60  # words
HEADER: Final = 15

# What 290 reports of two days share by chance, measured on real ones: of any two, .0007 of their pieces (its square on
# the mean .000004). So these articles are as alike as if all had been written on two days.
LENGTH: Final = 250
PHRASES, COMMON, PHRASE_LAW = 200_000, 60, 0.65
TOPICS, OF_TOPIC, TOPIC_PHRASES, TOPIC_LAW = 60, 66, 1_400, 0.5


def fresh(count: int, draw: random.Random) -> Words:
    """Words that stand nowhere else."""
    return [f"w{draw.getrandbits(60):x}" for _ in range(count)]


def changed(share: float) -> Edit:
    return lambda words, draw: [fresh(1, draw)[0] if draw.random() < share else word for word in words]


def changed_in_one_place(share: float) -> Edit:
    def edit(words: Words, draw: random.Random) -> Words:
        count = int(len(words) * share)
        start = draw.randrange(len(words) - count + 1)
        return [*words[:start], *fresh(count, draw), *words[start + count :]]

    return edit


def paragraph_added(words: Words, draw: random.Random) -> Words:
    place = draw.choice((0, len(words) // 2, len(words)))
    return [*words[:place], *fresh(PARAGRAPH, draw), *words[place:]]


def header_changed(words: Words, draw: random.Random) -> Words:
    return [*fresh(HEADER, draw), *words[HEADER:]]


def reordered(words: Words, draw: random.Random) -> Words:
    """Its paragraphs in another order."""
    parts = [words[start : start + PARAGRAPH] for start in range(0, len(words), PARAGRAPH)]
    draw.shuffle(parts)
    return [word for part in parts for word in part]


def kept(share: float) -> Edit:
    def edit(words: Words, draw: random.Random) -> Words:
        count = int(len(words) * share)
        start = draw.randrange(len(words) - count + 1)
        return words[start : start + count]

    return edit


def quoted(words: Words, draw: random.Random) -> Words:
    """A third of it inside a text of somebody else's, as long as the whole."""
    part = kept(1 / 3)(words, draw)
    others = fresh(len(words) - len(part), draw)
    return [*others[: len(others) // 2], *part, *others[len(others) // 2 :]]


EDITS: Final[dict[str, Edit]] = {
    "10 % of words changed": changed(0.1),
    "20 % of words changed": changed(0.2),
    "30 % of words changed": changed(0.3),
    "20 % in one place": changed_in_one_place(0.2),
    "30 % in one place": changed_in_one_place(0.3),
    "paragraph added": paragraph_added,
    "header changed": header_changed,
    "paragraphs reordered": reordered,
    "half kept": kept(0.5),
    "a quarter kept": kept(0.25),
    "a third quoted": quoted,
}


def pieces_of_words(words: Sequence[str]) -> list[str]:
    return [" ".join(piece) for piece in zip(words, words[1:], words[2:], strict=False)]


def member(number: int) -> list[str]:
    """The pieces of one article of the crowd, in their order; always the same ones."""
    draw = random.Random(number)
    topic = draw.randrange(TOPICS)
    held = [f"c{one}" for one in draw.choices(range(PHRASES), cum_weights=_law(PHRASES, PHRASE_LAW), k=COMMON)]
    held += [
        f"t{topic}.{one}"
        for one in draw.choices(range(TOPIC_PHRASES), cum_weights=_law(TOPIC_PHRASES, TOPIC_LAW), k=OF_TOPIC)
    ]
    held += [f"o{number}.{place}" for place in range(LENGTH - len(held))]
    draw.shuffle(held)
    return held


def edited(held: Sequence[str], edit: Edit, draw: random.Random) -> list[str]:
    """The pieces of an edited copy: those that an edit of words leaves whole, and new ones."""
    words = [str(place) for place in range(len(held) + 2)]
    places = {piece: place for place, piece in enumerate(pieces_of_words(words))}
    found = [(piece, places.get(piece)) for piece in pieces_of_words(edit(words, draw))]
    return [piece if place is None else held[place] for piece, place in found]


@cache
def _law(count: int, power: float) -> tuple[float, ...]:
    return tuple(accumulate(rank**-power for rank in range(1, count + 1)))
