"""How a window is walked: a listing whose date is an upper bound, newest to oldest, once, with a stop rule."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from crawler.items import Link
    from crawler.listing import Listing

Verdict = Literal["on", "below", "end", "repeats", "ceiling"]
Days = tuple["date", "date"]  # both inclusive

SPAN_DAYS = 31
MOST_PAGES = 2_000  # of one span: five times what the largest agency publishes in a month
MOST_PASSES = 5
_A_DAY = timedelta(days=1)
MOST_BLANKS = 3  # pages in a row that cannot be had before a walk is given up

_LEFT: dict[Verdict, str] = {
    "repeats": "its pager does not end, a page named nothing new",
    "ceiling": "it has too many pages, or too many that could not be had",
}


@dataclass(slots=True)
class Walk:
    """One span being walked; ``last`` None begins at now.

    A listing shifts while it is walked: what is published meanwhile pushes items to the next page (seen twice, no
    harm), what is withdrawn pulls them to the page before (never seen). So a span with a given end is walked again
    until a pass names nothing that no pass before it named; only then are its days known to be whole. ``slack`` is by
    how many days an item of a listing that lists exact days may be another day's: what was written before midnight and
    published after it stands under the one and bears the other, and would be nobody's. ``last_time`` holds each page as
    it was, by number, with the headers that ask whether it still is.
    """

    first: date
    last: date | None
    form: int = 0
    slack: int = 0
    passes: int = 1
    clean: bool = True
    blanks: int = 0
    seen: set[str] = field(default_factory=set)
    oldest: date | None = None
    last_time: dict[int, tuple[dict[str, str], Listing]] = field(default_factory=dict)
    _pages: list[frozenset[str]] = field(default_factory=list)
    _before: frozenset[str] = frozenset()

    def take(self, listing: Listing) -> tuple[Verdict, tuple[Link, ...]]:
        """The links of the span on this page, and how the walk goes on."""
        codes = frozenset(link.news_code for link in listing.links)
        verdict = self._verdict(listing, codes)
        newest = self.last is None and not self._pages  # whatever day it bears: it stands there now
        self._pages.append(codes)
        self.seen |= codes
        self.blanks = 0
        self._reach(link.day for link in listing.links if link.day)
        return verdict, tuple(self._dated(link) for link in listing.links if newest or self._in_span(link))

    def skip(self) -> bool:
        """A page could not be had: the walk is not clean any more; False where it is to be given up."""
        self.clean = False
        self.blanks += 1
        return self.blanks < MOST_BLANKS

    def again(self) -> bool:
        """Begin another pass where this one named something new; False where there is no need or no end to it."""
        if self.last is None or self.seen <= self._before or self.passes >= MOST_PASSES:
            return False
        self._before, self._pages = frozenset(self.seen), []
        self.passes += 1
        return True

    @property
    def settled(self) -> bool:
        """Every page was had, and the last pass named nothing new (a walk from now is walked again tomorrow)."""
        return self.clean and (self.last is None or self.seen <= self._before)

    def left_early(self, verdict: Verdict) -> str | None:
        """Why the walk ended before the listing did; None where it reached an end."""
        return None if verdict == "repeats" and self.clamped else _LEFT.get(verdict)

    def claims(self, verdict: Verdict, last: date) -> tuple[Days | None, Days | None]:
        """(the whole span, as much of it as this walk alone shows to be whole); None where that is nothing.

        A walk that was left early knows the days after the oldest that it saw: of that one, more may follow.
        """
        if not self.settled:
            return None, None
        whole = (self.first, last)
        if self.left_early(verdict) is None:
            return whole, whole
        newer = self.oldest + timedelta(days=1) if self.oldest else last
        return whole, (newer, last) if newer <= last else None

    @property
    def clamped(self) -> bool:
        """The pager repeats its last page beyond the end: that is an end. A site that ignores the page is none."""
        return len(self._pages) > 2 and self._pages[-1] == self._pages[-2] != self._pages[0]  # noqa: PLR2004 -- three pages

    def _verdict(self, listing: Listing, codes: frozenset[str]) -> Verdict:
        if not codes:
            return "end"
        if codes <= frozenset().union(*self._pages):
            return "repeats"
        if all(link.day is not None and link.day < self.first for link in listing.links):
            return "below"
        if not listing.pager:
            return "end"
        return "ceiling" if len(self._pages) >= MOST_PAGES else "on"

    def _dated(self, link: Link) -> Link:
        """What is listed of one day, without a date of its own, is of that day."""
        return replace(link, day=self.first) if link.day is None and self.first == self.last else link

    def _in_span(self, link: Link) -> bool:
        if link.day is None:
            return True
        slack = timedelta(days=self.slack)
        return self.first - slack <= link.day and (self.last is None or link.day <= self.last + slack)

    def _reach(self, seen: Iterable[date]) -> None:
        self.oldest = min((*seen, self.oldest) if self.oldest else seen, default=None)


@dataclass(slots=True)
class Sweep:
    """The sitemaps of a span: which of them are still to be read, and what may be claimed when all were.

    ``found`` and ``missing`` are the days known to be whole where the site has sitemaps for the span and where not.
    """

    first: date
    last: date
    found: Days | None
    missing: Days | None = None
    asked: set[str] = field(default_factory=set)
    pending: int = 0
    read: int = 0
    clean: bool = True

    def wants(self, link: Link) -> bool:
        return link.day is None or self.first <= link.day <= self.last

    def ask(self, url: str) -> bool:
        """Whether this sitemap is to be asked for: once."""
        if url in self.asked:
            return False
        self.asked.add(url)
        self.pending += 1
        return True

    def done(self, *, had: bool, clean: bool = True) -> bool:
        """One sitemap was read, or could not be; True when it was the last."""
        self.pending -= 1
        self.read += had
        self.clean &= clean
        return self.pending == 0

    @property
    def claim(self) -> Days | None:
        return (self.found if self.clean else None) if self.read else self.missing


def spans(first: date, last: date, complete: frozenset[date] = frozenset(), *, most: int = SPAN_DAYS) -> Iterator[Days]:
    """A window cut into spans of at most ``most`` days, newest first, without those that are complete.

    A window that is complete as a whole is walked all the same: who asks for it by name wants what came late.
    """
    cut = list(_cut(first, last, most))
    due = [span for span in cut if not set(days(*span)) <= complete]
    yield from due or cut


def stretches(which: Iterable[date], *, most: int = SPAN_DAYS) -> Iterator[Days]:
    """Single days as spans of at most ``most`` days that follow each other, newest first."""
    first = last = None
    for day in sorted(which, reverse=True):
        if first and last and (first - day != _A_DAY or (last - day).days >= most):
            yield first, last
            last = None
        first, last = day, last or day
    if first and last:
        yield first, last


def days(first: date, last: date) -> Sequence[date]:
    """Every day from first to last, both inclusive."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _cut(first: date, last: date, most: int) -> Iterator[Days]:
    while last >= first:
        begin = max(first, last - timedelta(days=most - 1))
        yield begin, last
        last = begin - timedelta(days=1)
