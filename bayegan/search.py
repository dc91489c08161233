"""What is searched for: words, phrases and filters as one value, and how SQL is told of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict
from unicodedata import category

from crawler.dates import TEHRAN, read_day, utc_text
from crawler.errors import UsageError
from crawler.text import fold, glued

if TYPE_CHECKING:
    from collections.abc import Iterator

Sort = Literal["newest", "relevance"]
SORTS: Final = ("newest", "relevance")

MOST_TERMS: Final = 100  # FTS5 refuses an expression of more than 256
PHRASE_OR_WORD: Final = re.compile(r'"([^"]*)"|«([^«»]*)»|“([^“”]*)”|([^\s"«»“”]+)')
WORD_KINDS: Final = ("L", "N")  # the first letter of the Unicode category of what can be searched for
FIRST_DAY: Final = date(1600, 1, 1)  # what lies before it or after the last is no bound at all
LAST_DAY: Final = date(9000, 1, 1)


class Asked(TypedDict, total=False):
    """The fields of a :class:`Filter` as people give them; a day may be written, in either calendar."""

    agency: str | None
    since: date | str | None
    until: date | str | None
    tag: str | None
    section: str | None
    sort: Sort
    limit: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which articles: all that hold every word and "phrase" of ``query`` (empty: all) and pass every filter.

    ``since`` and ``until`` are published days on Tehran's clock, both inclusive; an article without a date is in
    no such window. Words, ``tag`` and ``section`` are compared folded, whatever the spelling. ``limit`` None is
    no limit; by relevance the newest 2,000 hits alone are sorted. Raises UsageError for what makes no sense.
    """

    query: str = ""
    agency: str | None = None
    since: date | None = None
    until: date | None = None
    tag: str | None = None
    section: str | None = None
    sort: Sort = "newest"
    limit: int | None = None

    def __post_init__(self) -> None:
        if self.query.strip() and not terms(self.query):
            raise UsageError(f"There is no letter and no digit in «{self.query}»: search for a word.")
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"The window ends ({self.until}) before it begins ({self.since}): swap the two days.")
        if self.sort not in SORTS:
            raise UsageError(f"Articles cannot be sorted by «{self.sort}»: choose {' or '.join(SORTS)}.")
        if self.limit is not None and self.limit < 1:
            raise UsageError(f"A limit of {self.limit} leaves nothing: give 1 or more.")

    @property
    def match(self) -> str | None:
        """The query as FTS5 takes it, every term a quoted phrase; None where all articles are meant."""
        return " AND ".join(f'"{term}"' for term in terms(self.query)) or None

    @property
    def conditions(self) -> dict[str, str]:
        """The values of the filters that are set, as the archive's columns are compared with them."""
        values = {
            "agency": self.agency,
            "since": _midnight(self.since) if self.since else None,
            "until": _midnight(self.until + timedelta(days=1)) if self.until and self.until < LAST_DAY else None,
            "tag": glued(self.tag) if self.tag else None,
            "section": glued(self.section) if self.section else None,
        }
        return {name: value for name, value in values.items() if value is not None}


def asked(query: str, given: Asked) -> Filter:
    """Make the filter of what was given; raises UnreadableDateError, UsageError."""
    days = {"since": given.get("since"), "until": given.get("until")}
    read = {name: read_day(day) if isinstance(day, str) else day for name, day in days.items()}
    rest: Any = {name: value for name, value in given.items() if name not in read}
    return Filter(query=query, since=read["since"], until=read["until"], **rest)


def terms(query: str) -> tuple[str, ...]:
    r"""Split a query into its folded words and phrases, each once; what has neither letter nor digit falls out.

    A word that folds to several (the non-joiner parts them) is a phrase of these.

    >>> terms('كتاب "سازمان ملل" - کتاب می\u200cرود')
    ('کتاب', 'سازمان ملل', 'می رود')
    """
    found = dict.fromkeys(_folded(query))
    if len(found) > MOST_TERMS:
        raise UsageError(f"The query has {len(found)} words and phrases: {MOST_TERMS} can be searched for at once.")
    return tuple(found)


def _folded(query: str) -> Iterator[str]:
    for groups in PHRASE_OR_WORD.findall(query):
        words = fold("".join(groups)).replace('"', " ").replace("\0", " ").split()
        kept = [word for word in words if any(category(letter)[0] in WORD_KINDS for letter in word)]
        if kept:
            yield " ".join(kept)


def _midnight(day: date) -> str:
    return utc_text(datetime.combine(max(day, FIRST_DAY), time.min, TEHRAN))
