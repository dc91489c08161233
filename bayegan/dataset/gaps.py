"""What the archive knows of the days that a dataset covers: where it is whole, and where the gaps are.

A day whose listing was walked to the end can be compared with what is held. Of a day that was imported nobody knows
how much there was. Every other day is a gap.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from bayegan.archive import telling
from bayegan.attention.periods import ONE_DAY
from bayegan.attention.trending import IMPORTED
from bayegan.search import Filter
from crawler.dates import jalali

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from bayegan.archive.rows import CoverageRow

Kind = Literal["whole", "incomplete", "unfinished", "imported", "unseen"]
MONTH_LETTERS: Final = len("1399-09")
HEAD: Final = ("agency", "day", "day_jalali", "known", "listed", "held", "failed", "gone", "missing", "share")
SAID: Final = {
    "incomplete": "{missing:,} listed articles are not held",
    "unfinished": "the listings were not walked to the end, or articles of them are still open",
    "imported": "imported: how many articles there were is not known",
    "unseen": "the listings were never walked",
}
UNKNOWN: Final = ("unfinished", "imported", "unseen")
ORDER: Final[tuple[Kind, ...]] = ("whole", "incomplete", *UNKNOWN)  # what is said of a gap that has several: the first


class Window(NamedTuple):
    """From the first to the last day of an agency's articles, in Tehran."""

    agency: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of an agency; ``row`` is None where the archive knows nothing of it."""

    agency: str
    day: date
    kind: Kind
    row: CoverageRow | None

    @property
    def missing(self) -> int:
        return self.row.missing if self.row else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days in a row of an agency that are not whole, for one reason."""

    agency: str
    first: date
    last: date
    kind: Kind
    missing: int

    @property
    def sentence(self) -> str:
        """Say when and why in words.

        >>> day = date(2020, 12, 7)
        >>> Gap(agency="isna", first=day, last=day, kind="incomplete", missing=3).sentence
        '1399-09-17: 3 listed articles are not held'
        """
        days = jalali(self.first) if self.first == self.last else f"{jalali(self.first)} … {jalali(self.last)}"
        return f"{days}: {SAID[self.kind].format(missing=self.missing)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """``share`` is held / due on the days of the month that were walked to the end; None where there are none."""

    days: int
    walked: int
    share: float | None


def days_of(conn: sqlite3.Connection, windows: Iterable[Window]) -> list[Day]:
    """Every day of these windows, by agency and day."""
    rows = {(row.agency, row.day): row for row in telling.coverage(conn, Filter())}
    imported = {(agency, date.fromisoformat(day)) for agency, day in conn.execute(IMPORTED, {"agency": None})}
    return [
        Day(agency=agency, day=day, kind=_kind(row, imported=(agency, day) in imported), row=row)
        for agency, first, last in sorted(windows)
        for day in _days(first, last)
        for row in [rows.get((agency, day))]
    ]


def gaps(days: Iterable[Day]) -> list[Gap]:
    """Days that are not whole, those in a row as one.

    Days of which it is not known how much there was are of one kind: an agency that publishes every other day, and
    whose articles were imported, has imported days and unseen ones in turn.
    """
    found = (list(run) for _, run in groupby(days, lambda day: (day.agency, day.kind in UNKNOWN or day.kind)))
    return [
        Gap(
            agency=run[0].agency,
            first=run[0].day,
            last=run[-1].day,
            kind=min({day.kind for day in run}, key=ORDER.index),
            missing=sum(day.missing for day in run),
        )
        for run in found
        if run[0].kind != "whole"
    ]


def months(days: Iterable[Day]) -> Mapping[tuple[str, str], Month]:
    """Coverage by agency and Jalali month."""
    found: defaultdict[tuple[str, str], list[Day]] = defaultdict(list)
    for day in days:
        found[day.agency, jalali(day.day)[:MONTH_LETTERS]].append(day)
    return {key: _month(inside) for key, inside in found.items()}


def table(days: Iterable[Day]) -> str:
    """Every day as CSV."""
    written = io.StringIO(newline="")
    cells = csv.writer(written, lineterminator="\n")
    cells.writerow(HEAD)
    for day in days:
        counts = [getattr(day.row, name) if day.row else None for name in HEAD[4:-1]]
        share = day.row.share if day.row else None
        exact = None if share is None else f"{share:.4f}"
        cells.writerow((day.agency, day.day, jalali(day.day), day.kind, *counts, exact))
    return written.getvalue()


def _kind(row: CoverageRow | None, *, imported: bool) -> Kind:
    if row is None:
        return "unseen"
    if not row.complete:
        return "imported" if imported else "unfinished"
    return "incomplete" if row.missing else "whole"


def _month(days: list[Day]) -> Month:
    walked = [day.row for day in days if day.row and day.row.complete]
    due = sum(row.held + row.missing for row in walked)
    held = sum(row.held for row in walked)
    share = None if not walked else held / due if due else 1.0
    return Month(days=len(days), walked=len(walked), share=share)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + ONE_DAY * count for count in range((last - first).days + 1))
