"""A text in 64 numbers (MinHash), of which two texts share as large a part as they share of their three-word pieces.

The first 32 are the keys under which the article is found again: 32 bands of one row. Who shares two of them is a
candidate. The sketch, a byte of each of the 64, tells the candidates that share keys by chance, and what is left is
decided by the texts themselves (``shingles``). docs/copies.md has what was measured of this and of other bands.
"""

from __future__ import annotations

import struct
from operator import eq
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from rensa import RMinHash

if TYPE_CHECKING:
    from collections.abc import Collection

SLOTS: Final = 64
BANDS: Final = 32
SEED: Final = 1
PACKED: Final = struct.Struct(f"<{SLOTS}I")
NUMBER: Final = PACKED.size // SLOTS  # bytes
HALF: Final = 1 << 31  # SQLite's numbers have a sign: so a key takes four bytes


class Signature(NamedTuple):
    """The keys of an article's bands, and its sketch."""

    keys: tuple[int, ...]
    sketch: bytes


def signature(held: Collection[str]) -> Signature:
    """Sign the pieces of a text; a text of one piece is found by one key."""
    minima = RMinHash(SLOTS, SEED)
    minima.update(list(held))
    packed = PACKED.pack(*minima.digest())
    bands = BANDS if len(held) > 1 else 1
    # The place goes into the key: the same number in another place means nothing.
    keys = (crc32(packed[NUMBER * band : NUMBER * (band + 1)], band) - HALF for band in range(bands))
    return Signature(tuple(keys), packed[::NUMBER])


def likeness(one: bytes, other: bytes) -> int:
    """How many of the 64 numbers two sketches seem to share."""
    return sum(map(eq, one, other))
