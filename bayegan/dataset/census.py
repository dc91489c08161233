"""What is in a dataset, counted while it is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bayegan.export.reading import Columns

NEEDED: Final = ("agency", "published", "published_jalali", "body", "kind", "language", "reader")
MONTH_LETTERS: Final = len("1399-09")


@dataclass(slots=True)
class Tally:
    """How many articles, and from when to when (as the archive writes moments and Jalali days)."""

    articles: int = 0
    undated: int = 0
    first: str | None = None
    last: str | None = None
    first_jalali: str | None = None
    last_jalali: str | None = None

    def count(self, published: str | None, jalali: str | None) -> None:
        self.articles += 1
        if published is None or jalali is None:
            self.undated += 1
            return
        self.first, self.last = min(self.first or published, published), max(self.last or published, published)
        self.first_jalali = min(self.first_jalali or jalali, jalali)
        self.last_jalali = max(self.last_jalali or jalali, jalali)

    @property
    def days(self) -> str:
        """From when to when, in the Jalali calendar."""
        if self.first_jalali is None or self.last_jalali is None:
            return "–"
        return (
            self.first_jalali if self.first_jalali == self.last_jalali else f"{self.first_jalali} … {self.last_jalali}"
        )


@dataclass(slots=True)
class Census:
    """The articles by split, agency and Jalali month, and how long their bodies are, in characters."""

    whole: Tally = field(default_factory=Tally)
    splits: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    agencies: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    months: Counter[tuple[str, str]] = field(default_factory=Counter)
    readers: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    kinds: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)

    def see(self, columns: Columns, split: str) -> None:
        for agency, published, jalali in zip(
            columns["agency"], columns["published"], columns["published_jalali"], strict=True
        ):
            for tally in (self.whole, self.splits[split], self.agencies[agency]):
                tally.count(published, jalali)
            if jalali:
                self.months[agency, jalali[:MONTH_LETTERS]] += 1
        for agency, reader in zip(columns["agency"], columns["reader"], strict=True):
            self.readers[agency][reader or "–"] += 1
        self.kinds.update(columns["kind"])
        self.languages.update(filter(None, columns["language"]))
        self.lengths.update(map(len, filter(None, columns["body"])))

    def share(self, quantile: float) -> int:
        """How long the body is that stands there when all are sorted by length; 0 where there is none."""
        wanted = quantile * self.lengths.total()
        passed = 0
        for length, count in sorted(self.lengths.items()):
            passed += count
            if passed >= wanted:
                return length
        return 0


def months_between(first: str, last: str) -> list[str]:
    """Every Jalali month from one to the other.

    >>> months_between("1399-11", "1400-02")
    ['1399-11', '1399-12', '1400-01', '1400-02']
    """
    begin, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{number // 12}-{number % 12 + 1:02}" for number in range(begin, end + 1)]
