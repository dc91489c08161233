"""What is searched for: a query and filters as one value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict

from bayegan.archive.finding import paging
from bayegan.querying.days import bounds
from bayegan.querying.parsing import parse
from crawler.dates import read_day
from crawler.errors import UsageError
from crawler.text import glued

if TYPE_CHECKING:
    from datetime import date

    from bayegan.archive.finding.paging import Place
    from bayegan.querying.tree import Node

Sort = Literal["newest", "relevance"]
SORTS: Final = ("newest", "relevance")


class Asked(TypedDict, total=False):
    """The fields of a :class:`Filter` as people give them; a day may be written, in either calendar."""

    agency: str | None
    since: date | str | None
    until: date | str | None
    tag: str | None
    section: str | None
    sort: Sort
    limit: int | None
    after: str | None
    distinct: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which articles: those that ``query`` means (empty: all; docs/searching.md has its language) and every filter.

    ``since`` and ``until`` are published days on Tehran's clock, both inclusive; an article without a date is in
    no such window. Words, ``tag`` and ``section`` are compared folded, whatever the spelling. ``limit`` None is
    no limit; by relevance the newest 2,000 hits alone are sorted. ``after`` is where the page before ended.
    ``distinct`` lets one article through for all that tell the same: the earliest of those that are meant. Raises
    UsageError for what makes no sense.
    """

    query: str = ""
    agency: str | None = None
    since: date | None = None
    until: date | None = None
    tag: str | None = None
    section: str | None = None
    sort: Sort = "newest"
    limit: int | None = None
    after: Place | None = None
    distinct: bool = False

    def __post_init__(self) -> None:
        parse(self.query)
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"The window ends ({self.until}) before it begins ({self.since}): swap the two days.")
        if self.sort not in SORTS:
            raise UsageError(f"Articles cannot be sorted by «{self.sort}»: choose {' or '.join(SORTS)}.")
        if self.limit is not None and self.limit < 1:
            raise UsageError(f"A limit of {self.limit} leaves nothing: give 1 or more.")

    @property
    def tree(self) -> Node | None:
        """What the query says; None where all articles are meant."""
        return parse(self.query)

    @property
    def conditions(self) -> dict[str, str]:
        """The values of the filters that are set, as the archive's columns are compared with them."""
        values = {
            "agency": self.agency,
            **bounds(self.since, self.until),
            "tag": glued(self.tag) if self.tag else None,
            "section": glued(self.section) if self.section else None,
        }
        return {name: value for name, value in values.items() if value is not None}


def asked(query: str, given: Asked) -> Filter:
    """Make the filter of what was given, ``after`` as a token; raises UnreadableDateError, UsageError."""
    days = {"since": given.get("since"), "until": given.get("until")}
    read = {name: read_day(day) if isinstance(day, str) else day for name, day in days.items()}
    token = given.get("after")
    after = paging.read(token) if token else None
    rest: Any = {name: value for name, value in given.items() if name not in {*read, "after"}}
    return Filter(query=query, since=read["since"], until=read["until"], after=after, **rest)
