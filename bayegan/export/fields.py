"""What an export can say of an article, and what it says when nobody chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["text", "names", "moment"]

USUAL: Final = (
    "agency",
    "news_code",
    "url",
    "title",
    "kicker",
    "lead",
    "body",
    "tags",
    "sections",
    "authors",
    "place",
    "published",
    "published_jalali",
    "modified",
    "image",
    "kind",
    "language",
    "reader",
)
"""The JSON of an article, which import reads."""
MORE: Final = ("content_hash", "first_seen", "last_seen")
ALL: Final = (*USUAL, *MORE)
TEXTS: Final = ("lead", "body")
NAMES: Final = ("tags", "sections", "authors")
MOMENTS: Final = ("published", "modified", "first_seen", "last_seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How articles stand in a file: which ``fields``, in this order.

    Of files of cells (CSV, TSV) alone: ``defuse`` puts an apostrophe before what a spreadsheet would take for a
    formula, ``bom`` begins the file with the mark by which Excel knows UTF-8.
    """

    fields: tuple[str, ...] = USUAL
    defuse: bool = False
    bom: bool = False


def kind_of(field: str) -> Kind:
    if field in NAMES:
        return "names"
    return "moment" if field in MOMENTS else "text"


def chosen(names: Iterable[str] | None = None, *, without_texts: bool = False) -> tuple[str, ...]:
    """Which fields: the usual ones where none are named; without texts, neither lead nor body, but their hash.

    Raises UsageError for an unknown field, one named twice, and a text where there is to be none.
    """
    if names is None:
        return (*(name for name in USUAL if name not in TEXTS), "content_hash") if without_texts else USUAL
    fields = tuple(names)
    unknown = [name for name in fields if name not in ALL]
    if unknown or not fields:
        raise UsageError(f"«{', '.join(unknown)}» is no field of an article: choose from {', '.join(ALL)}.")
    if len(set(fields)) < len(fields):
        raise UsageError("A field is named twice: name each once.")
    texts = [name for name in fields if name in TEXTS]
    if without_texts and texts:
        raise UsageError(f"{' and '.join(texts)} cannot be written without texts: leave them out, or --no-body.")
    return fields
