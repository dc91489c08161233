"""The words that set one selection of articles apart from another, by their log-likelihood.

A word is counted in title, lead and text; its spellings count together: letters folded, the non-joiner present, lost
or a space before «ها»، «های»، «تر»، «ترین» and behind «می»، «نمی». It is shown as one word, as most articles write it.

Two numbers say how the sides differ. ``likelihood`` is Dunning's G² (1993): how sure one may be that they do (for a
single word, 3.84 and more come by chance once in twenty times, 6.63 once in a hundred, 10.83 once in a thousand).
``log_ratio`` is Hardie's (2014): by how much, the binary logarithm of how many times as often the word stands on this
side, in as many words (1 is twice as often, 2 four times).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from math import log, log2
from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import selecting
from bayegan.attention.function_words import FUNCTION_WORDS
from bayegan.search import Asked, asked
from crawler.errors import UsageError
from crawler.text import glued

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bayegan.search import Filter

MOST_WORDS: Final = 20  # of each side
FEWEST_ARTICLES: Final = 3
LEAST_LIKELIHOOD: Final = 3.84
REPORT_EVERY: Final = 500  # articles

TEXTS: Final = "SELECT articles.title, articles.lead, articles.body FROM articles"
IDS: Final = "SELECT articles.id FROM articles"
THE_REST: Final = TEXTS + " WHERE articles.id NOT IN ({})"

# A letter, then letters, digits, vowel signs, tatweel, the non-joiner and the signs that stand for it (``crawler.text``
# folds them alike); figures alone are no words.
WORDS: Final = re.compile("[^\\W\\d_][\\w\u0640\u064b-\u065f\u0670\u200c-\u200f\u00ac]*")
# The space in «کتاب ها» and «می رود», where a non-joiner should stand. Most texts have none, which is soon seen.
DETACHED: Final = re.compile(" (?:(?=(?:ها|های|هایی|هایش|هایشان|تر|ترین)\\b)|(?<=\\bمی )|(?<=\\bنمی ))")
DETACHED_SIGNS: Final = (" ها", " تر", "می ")
UNJOINED: Final = "\u200c\u200d\u200e\u200f\u00ac"  # at the end of a word


class Against(Asked, total=False):
    """What the other side has instead: of what is not named, the same. ``since`` and ``until`` are named together."""

    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word: how often it stands on this side and on the other (``against``), and in how many articles.

    ``per_million`` are its occurrences in a million words. ``log_ratio`` is positive for a word of this side,
    negative for one of the other; where a side has none, half an occurrence is taken.
    """

    word: str
    count: int
    against: int
    articles: int
    against_articles: int
    per_million: float
    against_per_million: float
    log_ratio: float
    likelihood: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How much was compared."""

    articles: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two sides and what sets them apart: first the words of this side, then those of the other, surest first."""

    this: Side
    against: Side
    words: tuple[Word, ...]


@dataclass(slots=True)
class _Counts:
    """What is counted of one side: nothing of the texts is kept but their words, once each."""

    articles: int = 0
    spellings: Counter[str] = field(default_factory=Counter)
    holding: Counter[str] = field(default_factory=Counter)  # articles by folded word


class _Folded(dict[str, str]):
    """Folds every spelling once."""

    def __missing__(self, spelling: str) -> str:
        self[spelling] = folded = glued(spelling)
        return folded


def sides(query: str, given: Asked, against: Against) -> tuple[Filter, Filter | None]:
    """Both sides; the other is None, the rest of the archive, where nothing is said of it."""
    if not against:
        return asked(query, given), None
    other: Against = {"query": query, **given, **against}
    if {"since", "until"} & against.keys():
        other |= {"since": against.get("since"), "until": against.get("until")}
    return asked(query, given), asked(other.pop("query"), other)


def compare(
    conn: sqlite3.Connection,
    this: Filter,
    against: Filter | None = None,
    *,
    most: int = MOST_WORDS,
    least: int = FEWEST_ARTICLES,
    report: Callable[[int], None] | None = None,
) -> Comparison:
    """Find the ``most`` words of each side that stand in at least ``least`` of its articles and set it apart.

    Without ``against``, the other side is all the rest of the archive. Words of likelihood below 3.84 and function
    words are left out. Raises UsageError where both sides are the same.
    """
    this, against = replace(this, limit=None), against and replace(against, limit=None)
    if this == against:
        raise UsageError(
            "Both sides are the same: say what to compare with, such as --against-agency or --against-from."
        )
    folded = _Folded()
    ours = _count(conn, *selecting.statement(conn, TEXTS, this), folded, report)
    theirs = _count(
        conn, *(selecting.statement(conn, TEXTS, against) if against else _rest(conn, this)), folded, report
    )
    return _compared(ours, theirs, folded, most, least)


def words_of(text: str) -> list[str]:
    r"""Split a text into its words as published; a detached «ها» or «می» is joined to its word.

    >>> words_of("کتاب های تازه در ۱۴۰۰ می شود خواند.")
    ['کتاب\u200cهای', 'تازه', 'در', 'می\u200cشود', 'خواند']
    """
    if any(sign in text for sign in DETACHED_SIGNS):
        text = DETACHED.sub("\u200c", text)
    return WORDS.findall(text)


def likelihood(count: int, total: int, against: int, against_total: int) -> float:
    """Dunning's G² of a word that stands ``count`` times in ``total`` words, ``against`` times in the others.

    >>> round(likelihood(10, 1000, 0, 1000), 2)
    13.91
    """
    both, words = count + against, total + against_total
    observed = (count, against, total - count, against_total - against)
    expected = (
        total * both / words,
        against_total * both / words,
        total * (words - both) / words,
        against_total * (words - both) / words,
    )
    return 2 * sum(seen * log(seen / awaited) for seen, awaited in zip(observed, expected, strict=True) if seen)


def _rest(conn: sqlite3.Connection, filters: Filter) -> tuple[str, dict[str, str | int]]:
    sql, values = selecting.statement(conn, IDS, filters)
    return THE_REST.format(sql), values


def _count(
    conn: sqlite3.Connection,
    sql: str,
    values: dict[str, str | int],
    folded: _Folded,
    report: Callable[[int], None] | None,
) -> _Counts:
    counts = _Counts()
    for texts in conn.execute(sql, values):
        words = words_of("\n".join(filter(None, texts)))
        counts.articles += 1
        counts.spellings.update(words)
        counts.holding.update(set(map(folded.__getitem__, words)))
        if report and counts.articles % REPORT_EVERY == 0:
            report(counts.articles)
    return counts


def _compared(ours: _Counts, theirs: _Counts, folded: _Folded, most: int, least: int) -> Comparison:
    here, there = _by_word(ours, folded), _by_word(theirs, folded)
    this = Side(articles=ours.articles, words=here.total())
    other = Side(articles=theirs.articles, words=there.total())
    shown = _spelled(ours.spellings + theirs.spellings, folded)
    candidates = [
        _word(shown[word], here[word], there[word], ours.holding[word], theirs.holding[word], this.words, other.words)
        for word in shown
        if max(ours.holding[word], theirs.holding[word]) >= least and this.words and other.words
    ]
    sure = sorted((word for word in candidates if word.likelihood >= LEAST_LIKELIHOOD), key=_surest_first)
    more = [word for word in sure if word.log_ratio > 0 and word.articles >= least]
    less = [word for word in sure if word.log_ratio < 0 and word.against_articles >= least]
    return Comparison(this=this, against=other, words=(*more[:most], *less[:most]))


def _surest_first(word: Word) -> tuple[float, str]:
    return -word.likelihood, word.word


def _by_word(counts: _Counts, folded: _Folded) -> Counter[str]:
    found: Counter[str] = Counter()
    for spelling, count in counts.spellings.items():
        found[folded[spelling]] += count
    return found


def _spelled(spellings: Counter[str], folded: _Folded) -> dict[str, str]:
    """Every word of meaning as it is published most often."""
    shown: dict[str, str] = {}
    for spelling, _ in sorted(spellings.items(), key=lambda item: (-item[1], item[0])):
        word = folded[spelling]
        if len(word) > 1 and word not in FUNCTION_WORDS:
            shown.setdefault(word, spelling.rstrip(UNJOINED))
    return shown


def _word(
    shown: str, here: int, there: int, holding: int, against_holding: int, words: int, against_words: int
) -> Word:
    return Word(
        word=shown,
        count=here,
        against=there,
        articles=holding,
        against_articles=against_holding,
        per_million=here * 1e6 / words,
        against_per_million=there * 1e6 / against_words,
        log_ratio=log2((here or 0.5) / words) - log2((there or 0.5) / against_words),
        likelihood=likelihood(here, words, there, against_words),
    )
