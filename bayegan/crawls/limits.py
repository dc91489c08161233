"""How much a command may take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Crawls at once, seconds, pages of all crawls together (None: without end)."""

    jobs: int = AT_ONCE
    seconds: float | None = None
    pages: int | None = None
