"""What a hit shows: the text as published, with what was found in it marked, whatever its spelling.

Which words of a text match only FTS5 can say, and it says it of the folded text. The texts of the hits (a page of
them, not the archive) are therefore indexed once more, in memory and folded as in the archive, and what FTS5 marks
there is carried over letter by letter. Its own ``highlight()`` over the archive counts words in the text as
published instead, and marks the wrong ones behind a word that the fold drops or parts, such as a lone «ـ».
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache
from itertools import chain, pairwise, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from bayegan.archive import folded
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bayegan.archive.index import Texts

Mark = tuple[str, str]  # what stands before and behind a match

WORDS: Final = 24  # of a snippet
# The columns and the tokenizer of the archive's index.
INDEX: Final = """
    CREATE VIRTUAL TABLE articles_fts USING fts5(
        title, lead, body, tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
    )
"""
INSERT: Final = "INSERT INTO articles_fts (rowid, title, lead, body) VALUES (?, ?, ?, ?)"
OPEN, CLOSE = "\u200c", "\u200d"  # no folded text holds them
MARKED: Final = """
    SELECT rowid, highlight(articles_fts, 0, :open, :close), highlight(articles_fts, 1, :open, :close),
        highlight(articles_fts, 2, :open, :close)
    FROM articles_fts WHERE articles_fts MATCH :match
"""
LETTER: Final = "x"


class Shown(NamedTuple):
    """A title and the piece of the text that tells most, matches between the two of a mark."""

    title: str
    snippet: str


class Found(NamedTuple):
    """A word in which something was found, at the places ``spans``; a match that ``runs_on`` goes on in the next."""

    folded: str
    spans: tuple[tuple[int, int], ...]
    runs_on: bool


class Text(NamedTuple):
    """A text word by word as published, and what was found in it, by the word's place."""

    words: list[str]
    found: dict[int, Found]


def marked(texts: Sequence[Texts], match: str, mark: Mark) -> dict[int, Shown]:
    """Show those of the texts that an expression of FTS5 matches, by their places in ``texts``."""
    kept = [tuple((text or "").split() for text in three) for three in texts]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.execute(INDEX)
        conn.execute("BEGIN")
        conn.executemany(INSERT, ((place, *map(_lines, three)) for place, three in enumerate(kept)))
        found = conn.execute(MARKED, {"match": match, "open": OPEN, "close": CLOSE}).fetchall()
    return {place: _shown(tuple(map(_text, kept[place], columns)), mark) for place, *columns in found}


def _lines(words: list[str]) -> str:
    """The words folded, a line each."""
    return "\n".join(folded.lines(words))


def opening(text: str) -> str:
    """The words that a text begins with."""
    return _cut(Text(text.split(), {}), 0, ("", ""))


def _text(words: list[str], highlighted: str) -> Text:
    """A text with what FTS5 has marked in its folded lines."""
    found, inside = {}, False
    for place, line in enumerate(highlighted.split("\n") if OPEN in highlighted else ()):
        if inside or OPEN in line:
            marks = f"{OPEN}{line}" if inside else line
            inside = marks.count(OPEN) > marks.count(CLOSE)
            found[place] = _found(words[place], f"{marks}{CLOSE}" if inside else marks, inside)
    return Text(words, found)


def _found(word: str, line: str, runs_on: bool) -> Found:  # noqa: FBT001 -- the one caller names it
    plain = line.replace(OPEN, "").replace(CLOSE, "")
    places = [*_places(word, plain), len(word)]
    spans = ((places[start] if start else 0, places[end]) for start, end in _spans(line))
    return Found(plain, tuple(_merged(word, spans)), runs_on)


def _spans(line: str) -> Iterator[tuple[int, int]]:
    """Where marks begin and end in a line, counted without them."""
    at = 0
    for part in line.split(OPEN):
        inside, _, outside = part.partition(CLOSE) if CLOSE in part else ("", "", part)
        if inside:
            yield at, at + len(inside)
        at += len(inside) + len(outside)


def _places(word: str, folded: str) -> list[int]:
    """For each letter of the folded word, the place that it has in the word as published."""
    places: list[int] = []
    for place, letter in enumerate(word):
        form = _form(letter) or (letter if folded[len(places) : len(places) + 1] == letter else "")
        places += [place] * len(form)
    return places


@lru_cache(maxsize=4096)
def _form(letter: str) -> str:
    """A letter folded between two others; «ـ» and «ء», which stay where they stand alone, are nothing there."""
    return fold(f"{LETTER}{letter}{LETTER}")[1:-1]


def _merged(word: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Parts of one word that were found each by itself, with nothing but unseen marks between, are one."""
    begun = None
    for start, end in spans:
        if begun and fold(word[begun[1] : start]):
            yield begun
            begun = None
        begun = (begun[0] if begun else start, end)
    if begun:
        yield begun


def _shown(texts: tuple[Text, ...], mark: Mark) -> Shown:
    title, lead, body = texts
    told = lead if _variety(lead) > _variety(body) else body if body.words else lead
    return Shown(_rendered(title, 0, len(title.words), mark), _cut(told, _begin(told), mark))


def _variety(text: Text, places: Iterable[int] | None = None) -> int:
    """How many different words were found in a text, or at some places of it."""
    return len(
        {text.found[place].folded for place in (text.found if places is None else places) if place in text.found}
    )


def _begin(text: Text) -> int:
    """Where the piece begins that holds most of what was found, with it in the middle."""
    if not text.found:
        return 0
    first = max(text.found, key=lambda place: _variety(text, range(place, place + WORDS)))
    last = max(place for place in range(first, first + WORDS) if place in text.found)
    return max(0, min(first - (WORDS - (last - first + 1)) // 2, len(text.words) - WORDS))


def _cut(text: Text, begin: int, mark: Mark) -> str:
    end = begin + WORDS
    return f"{'…' if begin else ''}{_rendered(text, begin, end, mark)}{'…' if end < len(text.words) else ''}"


def _rendered(text: Text, begin: int, end: int, mark: Mark) -> str:
    shown = text.words[begin:end]
    for place in range(begin, begin + len(shown)):
        if found := text.found.get(place):
            before = place > begin and place - 1 in text.found and text.found[place - 1].runs_on
            behind = found.runs_on and place < begin + len(shown) - 1
            shown[place - begin] = _with_marks(text.words[place], found, mark, (before, behind))
    return " ".join(shown)


def _with_marks(word: str, found: Found, mark: Mark, joined: tuple[bool, bool]) -> str:
    """A word with its marks, but for those of a match that goes on from the word before or into the one behind."""
    marks = [each for start, end in found.spans for each in ((start, mark[0]), (end, mark[1]))]
    marks = marks[1 if joined[0] else 0 : -1 if joined[1] else None]
    ends = [0, *(at for at, _ in marks), len(word)]
    pieces = (word[start:end] for start, end in pairwise(ends))
    return "".join(chain.from_iterable(zip_longest(pieces, (written for _, written in marks), fillvalue="")))
