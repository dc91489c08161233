"""What changed between the readings of an article, word by word: white space is no change, a non-joiner is a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from bayegan.archive.rows import ArticleRow, RevisionRow

Kind = Literal["equal", "delete", "insert"]

TEXTS: Final = ("kicker", "title", "lead", "body")
TAGS: Final = "tags"
COMMA: Final = "، "
_WORD: Final = re.compile(r"\S+")  # U+200C is no white space


@dataclass(frozen=True, slots=True)
class Op:
    """A run of words that stayed, went or came."""

    op: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How a field was changed after ``seen_at``, when its earlier reading was last seen."""

    seen_at: datetime
    field: str
    ops: tuple[Op, ...]


def differences(revisions: Sequence[RevisionRow], article: ArticleRow) -> list[Difference]:
    """The fields that changed from one reading to the next, the earliest change first; the article is the last one."""
    found = []
    readings: tuple[RevisionRow | ArticleRow, ...] = (*revisions, article)
    for earlier, later in zip(revisions, readings[1:], strict=True):
        fields = {name: words_changed(getattr(earlier, name), getattr(later, name)) for name in TEXTS}
        fields[TAGS] = names_changed(earlier.tags, later.tags)
        found += [
            Difference(seen_at=earlier.seen_at, field=name, ops=ops) for name, ops in fields.items() if _changed(ops)
        ]
    return found


def words_changed(earlier: str | None, later: str | None) -> tuple[Op, ...]:
    """One text into another; what stayed is written as the later one has it, paragraphs and all.

    >>> words_changed("سه کتاب تازه", "چهار  کتاب تازه")
    (Op(op='delete', text='سه'), Op(op='insert', text='چهار'), Op(op='equal', text='کتاب تازه'))
    """
    return tuple(_ops(_Words(earlier or ""), _Words(later or "")))


def names_changed(earlier: Sequence[str], later: Sequence[str]) -> tuple[Op, ...]:
    """One list of names into another, each name whole."""
    return tuple(_ops(_Names(earlier), _Names(later)))


class _Words:
    def __init__(self, text: str) -> None:
        self.text = text
        self._spans = [found.span() for found in _WORD.finditer(text)]
        self.tokens = [text[begin:end] for begin, end in self._spans]

    def between(self, begin: int, end: int) -> str:
        """These words as they were written, with the white space between them."""
        return self.text[self._spans[begin][0] : self._spans[end - 1][1]]


class _Names:
    def __init__(self, names: Iterable[str]) -> None:
        self.tokens = list(names)

    def between(self, begin: int, end: int) -> str:
        return COMMA.join(self.tokens[begin:end])


def _ops(earlier: _Words | _Names, later: _Words | _Names) -> Iterator[Op]:
    # Frequent words are words too: what difflib takes for junk would tear sentences apart.
    matcher = SequenceMatcher(None, earlier.tokens, later.tokens, autojunk=False)
    for tag, begin, end, new_begin, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Op("equal", later.between(new_begin, new_end))
            continue
        if end > begin:
            yield Op("delete", earlier.between(begin, end))
        if new_end > new_begin:
            yield Op("insert", later.between(new_begin, new_end))


def _changed(ops: Sequence[Op]) -> bool:
    return any(op.op != "equal" for op in ops)
