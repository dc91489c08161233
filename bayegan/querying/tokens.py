"""A query cut into pieces: words, quoted phrases, signs and the names of fields, each with where it stood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from crawler.errors import UsageError
from crawler.text import UNSEEN, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.querying.tree import Word

Kind = Literal["word", "quoted", "field", "(", ")", "-", "OR", "AND", "NOT", "NEAR", "end"]

FIELDS: Final = ("title", "lead", "tag", "section", "agency", "place", "from", "to", "on", "date")
NEAR: Final = re.compile(r"NEAR(?:/([0-9]{1,4}))?")
SHOWN: Final = 40  # letters of a piece that an error quotes
_LETTER: Final = r"[^\W_\u0300-\u036f]|[\u0300-\u036f\u0591-\u05c7\u0900-\u097f\ufe20-\ufe2f\ue000-\uf8ff]"
# A word of the search index, or several that only an unseen mark parts, which are spaces once folded.
RUN: Final = re.compile(rf"(?:{_LETTER})+(?: +(?:{_LETTER})+)*")
PIECE: Final = re.compile(
    r"""
      (?P<quoted> "[^"]*"\*? | «[^«»]*»\*? | “[^“”]*”\*? )
    | (?P<sign> [()|] )
    | (?P<minus> (?<![^\s(|]) -+ (?=[^\s-]) )
    | (?P<field> (?<![^\s(|-]) [A-Za-z]+ : (?!//) )
    | (?P<word> [^\s"«»“”()|]+ )
    """,
    re.VERBOSE,
)
_SIGNS: Final[dict[str, Kind]] = {"(": "(", ")": ")", "|": "OR"}
_OPERATORS: Final[dict[str, Kind]] = {"OR": "OR", "AND": "AND", "NOT": "NOT"}


class Token(NamedTuple):
    """A piece as it was typed, and at which letter of the query it begins, counted from one."""

    kind: Kind
    text: str
    at: int

    @property
    def shown(self) -> str:
        """How an error names it."""
        piece = " ".join(self.text.split())
        piece = piece if len(piece) <= SHOWN else f"{piece[:SHOWN]}…"
        return f"‹{piece}› at letter {self.at}"

    def refused(self, why: str) -> UsageError:
        return UsageError(f"The query cannot be read: {self.shown} {why}.")


def tokens(query: str) -> Iterator[Token]:
    """Cut the query; a quotation mark that is never closed is a space. Raises UsageError for an unknown field.

    >>> [token.kind for token in tokens('کتاب -(title:"قم" OR شهر*)')]
    ['word', '-', '(', 'field', 'quoted', 'OR', 'word', ')']
    """
    for found in PIECE.finditer(query):
        text, at = found[0], found.start() + 1
        if found["minus"]:
            yield from (Token("-", "-", at + place) for place in range(len(text)))
        elif found["field"]:
            yield _field(text, at)
        else:
            yield Token(_kind(found, text), text, at)


def words(text: str) -> tuple[Word, ...]:
    r"""Fold a piece and cut it into words; parts that an unseen mark parts are one word.

    >>> words("مي\u200cرود/کتاب")
    (('می', 'رود'), ('کتاب',))
    """
    return tuple(tuple(run.split()) for run in RUN.findall("\n".join(fold(part) for part in text.split())))


def bare(text: str) -> str:
    """A piece without unseen marks at its ends, as operators and names are compared."""
    return text.strip(UNSEEN)


def _kind(found: re.Match[str], text: str) -> Kind:
    if found["quoted"]:
        return "quoted"
    if found["sign"]:
        return _SIGNS[text]
    if NEAR.fullmatch(bare(text)):
        return "NEAR"
    return _OPERATORS.get(bare(text), "word")


def _field(text: str, at: int) -> Token:
    token = Token("field", text, at)
    if text[:-1].lower() not in FIELDS:
        known = ", ".join(f"{name}:" for name in FIELDS)
        raise token.refused(f"is no field; these are: {known}; between quotation marks it is a word")
    return token
