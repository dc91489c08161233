"""Inputs made of other inputs as hostile or broken sites make theirs: cut, spliced, nested, repeated, oddly written."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

# Where a piece may begin and end: markup, lines, records, what parts the members of JSON and of dates.
_SEAM: Final = re.compile(rb"(?=<)|(?<=>)|\n|(?<=[,:;/ \-])")
_OPENING: Final = re.compile(rb"<[a-zA-Z][^<>]*>")
ODDITIES: Final = (
    *(b"\x00", b"\xff", b"\xd8\x00", b"\xe2\x80\x8c", b"\xef\xbb\xbf", b"\xc2\xa0", b"\x1f\x8b\x08", b"\r", b"\n\n"),
    *(b"&#xD800;", b"&#0;", b"&lt;", b"&amp;amp;", b"\\ud800", b"\\u0000", b"%00", b"%2F", b"%u06cc", b"//", b"../"),
    *(b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<?xml ?>", b"<script>", b"</body>", b"<table>", b"<br>", b"<", b">"),
    *(b'"', b"'", b"[", b"{", b"]", b"}", b"://[", b"javascript:", b"data:,", b"1e999", b"-1", b"99999999999999999999"),
    *("\u202e", "۱۳۹۹/۹/۱۷", "۴ روز قبل", "انتهای پیام/", "بیشتر بخوانید", "به گزارش", "\U0001d7d7", "ي", "\u0300")
)  # fmt: skip
_MOST_TIMES: Final = 5_000


def mutated(data: bytes, chance: Random, others: Sequence[bytes], most: int) -> bytes:
    """One to four changes, so far as ``most`` bytes hold them; ``others`` are inputs that pieces come from."""
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(WAYS)(data, chance, others, most)[:most]
    return data


def _piece(data: bytes, chance: Random) -> tuple[int, int]:
    """(begin, end) of a stretch between two seams, mostly short."""
    seams = [found.start() for found in _SEAM.finditer(data)]
    if len(seams) < 2:
        return 0, len(data)
    first = chance.randrange(len(seams) - 1)
    last = min(first + int(1 / (1.001 - chance.random())), len(seams) - 1)  # one seam further mostly, at times hundreds
    return seams[first], seams[last]


def _times(chance: Random, room: int, size: int) -> int:
    """How often a piece fits, a few times rather than very often."""
    fits = min(_MOST_TIMES, room // max(size, 1))
    return int(math.exp(chance.uniform(0, math.log(max(fits, 2)))))


def _cut_out(data: bytes, chance: Random, _: Sequence[bytes], __: int) -> bytes:
    begin, end = _piece(data, chance)
    return data[:begin] + data[end:]


def _break_off(data: bytes, chance: Random, _: Sequence[bytes], __: int) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _repeat(data: bytes, chance: Random, _: Sequence[bytes], most: int) -> bytes:
    begin, end = _piece(data, chance)
    return data[:end] + data[begin:end] * _times(chance, most - len(data), end - begin) + data[end:]


def _nest(data: bytes, chance: Random, _: Sequence[bytes], most: int) -> bytes:
    """An element in itself, many times; closed again or, as often, not."""
    tags = list(_OPENING.finditer(data))
    if not tags:
        return data
    tag = chance.choice(tags)
    name = re.split(rb"[\s/>]", tag[0][1:])[0]
    closing = b"</" + name + b">" if chance.random() < 0.5 else b""
    times = _times(chance, most - len(data), len(tag[0]) + len(closing))
    begin, end = tag.end(), chance.randrange(tag.end(), len(data) + 1)
    return data[:begin] + tag[0] * times + data[begin:end] + closing * times + data[end:]


def _splice(data: bytes, chance: Random, others: Sequence[bytes], _: int) -> bytes:
    other = chance.choice(others) if others else data
    begin, end = _piece(other, chance)
    at, _end = _piece(data, chance)
    return data[:at] + other[begin:end] + data[at:]


def _move(data: bytes, chance: Random, _: Sequence[bytes], __: int) -> bytes:
    begin, end = _piece(data, chance)
    left = data[:begin] + data[end:]
    at, _end = _piece(left, chance)
    return left[:at] + data[begin:end] + left[at:]


def _oddity(data: bytes, chance: Random, _: Sequence[bytes], most: int) -> bytes:
    """Something odd in the place of a piece, or before it."""
    begin, end = _piece(data, chance)
    chosen = chance.choice(ODDITIES)
    odd = chosen if isinstance(chosen, bytes) else chosen.encode()
    rest = data[chance.choice((begin, end)) :]
    return data[:begin] + odd * (1 if chance.random() < 0.7 else _times(chance, most - len(data), len(odd))) + rest


WAYS: Final[tuple[Callable[[bytes, Random, Sequence[bytes], int], bytes], ...]] = (
    _cut_out,
    _break_off,
    _repeat,
    _nest,
    _splice,
    _move,
    _oddity,
)
