"""What a query says, as frozen values: words, phrases and filters, and how they are combined.

A word is a tuple of its parts, folded: ``("کتاب",)``, and ``("می", "رود")`` where a non-joiner stood between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Word = tuple[str, ...]
Column = Literal["title", "lead"]
Named = Literal["tag", "section", "agency", "place"]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that stood side by side, all to be found, in any order; two of them may be one that lost its joint."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order with nothing between; with a ``star``, the last is the beginning of one."""

    words: tuple[Word, ...]
    star: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Phrases in any order, with at most ``distance`` words between them."""

    phrases: tuple[Phrase, ...]
    distance: int


Text = Words | Phrase | Near


@dataclass(frozen=True, slots=True)
class In:
    """The same, in one column of the text alone."""

    column: Column
    text: Text


@dataclass(frozen=True, slots=True)
class Name:
    """A tag, section, agency or place of this name, whatever its spelling."""

    kind: Named
    value: str


@dataclass(frozen=True, slots=True)
class Days:
    """Published on these days of Tehran's clock, both included; None is no bound."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


Node = Text | In | Name | Days | All | Any | Not
