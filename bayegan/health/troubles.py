"""A trouble of an agency: what kind it is, what it says, and the exit code that it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "blocked", "silent", "stale", "fewer", "redesigned", "emptied", "shortened", "missing", "ended early", "overdue"
]


@dataclass(frozen=True, slots=True)
class Trouble:
    """``fields`` are those that are concerned, where it is about readings."""

    kind: Kind
    exit: int
    sentence: str
    fields: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """What is compared from run to run: the same trouble tomorrow is no news."""
        return " ".join((self.kind, *self.fields))
