"""All that a dataset's card, description and pictures are made of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from bayegan.dataset import gaps
from crawler.dates import from_utc_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from bayegan.dataset.census import Census
    from bayegan.dataset.gaps import Day, Gap, Month, Window
    from bayegan.dataset.selection import Selection
    from bayegan.dataset.splits import Parts, Splitting
    from bayegan.search import Filter

AGENCIES: Final = "SELECT name, coalesce(title, name), coalesce(home, '') FROM agencies ORDER BY name"
SHORT: Final = 12  # letters of a hash that nobody confuses
NAMED: Final = 3  # agencies in a title


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is counted and known.

    ``agencies`` are title and home by name, ``files`` sizes and hashes by name, ``unpacked`` the bytes of each split
    without compression; ``contact`` is whom to write to.
    """

    selection: Selection
    splitting: Splitting
    parts: Parts
    census: Census
    days: list[Day]
    agencies: Mapping[str, tuple[str, str]]
    archive_hash: str
    as_of: str | None
    contact: str | None
    files: Mapping[str, Mapping[str, Any]]
    unpacked: Mapping[str, int]

    @property
    def version(self) -> str:
        """The day of the archive as a version, and which articles: ``2020.12.7+1a2b3c4d5e6f``."""
        day = from_utc_text(self.as_of).date() if self.as_of else date(1, 1, 1)
        return f"{day.year}.{day.month}.{day.day}+{self.archive_hash[:SHORT]}"

    @property
    def splits(self) -> tuple[str, ...]:
        """Those that hold something: of the others there is no file, since readers stumble over a split of nothing."""
        return tuple(name for name in self.splitting.names if self.census.splits[name].articles)

    @property
    def name(self) -> str:
        return f"bayegan-{self.archive_hash[:SHORT]}"

    @cached_property
    def largest(self) -> list[str]:
        """The agencies, those with most articles first."""
        return sorted(self.census.agencies, key=lambda name: (-self.census.agencies[name].articles, name))

    @property
    def title(self) -> str:
        """Whose news, and of when."""
        names = [self.titled(name) for name in self.largest]
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        return f"Persian news of {'، '.join(names[:NAMED]) or 'nobody'}{more}, {self.census.whole.days}"

    @cached_property
    def gaps(self) -> list[Gap]:
        return gaps.gaps(self.days)

    @cached_property
    def months(self) -> Mapping[tuple[str, str], Month]:
        return gaps.months(self.days)

    @cached_property
    def readers(self) -> Counter[str]:
        return sum(self.census.readers.values(), Counter())

    def titled(self, agency: str) -> str:
        return self.agencies.get(agency, (agency, ""))[0]


def agencies(conn: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Title and home of each by its name."""
    return {name: (title, home) for name, title, home in conn.execute(AGENCIES)}


def windows(census: Census, filters: Filter, as_of: str | None) -> list[Window]:
    """From the first to the last day of each agency's articles, on Tehran's clock.

    Where a period was asked for, all of it, as far as the archive has lived to see it: a month in which nothing was
    found is a gap as well, before the first article and after the last.
    """
    return [
        gaps.Window(
            agency, *_period(from_utc_text(tally.first).date(), from_utc_text(tally.last).date(), filters, as_of)
        )
        for agency, tally in sorted(census.agencies.items())
        if tally.first and tally.last
    ]


def _period(first: date, last: date, filters: Filter, as_of: str | None) -> tuple[date, date]:
    today = from_utc_text(as_of).date() if as_of else last
    return filters.since or first, max(last, min(filters.until or last, today))
