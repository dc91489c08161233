"""Lengths of time as people write them."""

from __future__ import annotations

import re
from typing import Final

from crawler.text import digits

WRITTEN: Final = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", re.IGNORECASE)


def seconds(written: str) -> float | None:
    """The seconds that are meant, more than none; a bare number is minutes. None for what is no length of time.

    >>> seconds("90"), seconds("1h30m"), seconds("soon")
    (5400.0, 5400.0, None)
    """
    plain = digits(written).strip()
    found = WRITTEN.fullmatch(plain + "m" if plain.isdigit() else plain)
    hours, minutes, rest = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600.0 + minutes * 60 + rest or None
