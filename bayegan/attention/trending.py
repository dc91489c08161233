"""How much was written of something over time, among the articles of the days that the archive knows whole.

What a crawl missed must not look like silence. Days are judged one by one for each agency, and a day counts

* where its listing was walked to the end, nothing of it is open, and at least nine tenths of what was listed there
  (without what the agency deleted and what was taken down) are held; such a day may hold no article: that is a zero;
* or where everything that is known of it was imported: there was no listing to compare with, so its coverage is
  unknown, and where nothing was imported it is a gap.

Every other day is a gap: neither its matches nor its articles are counted. So the share stays comparable where days
are missing; the number of matches does not, and how many days counted stands beside it. A period without one day
that counts has no figures at all. Today never counts: more may come.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import TYPE_CHECKING, Final

from bayegan.archive import telling
from bayegan.archive.finding import selecting
from bayegan.attention.periods import ONE_DAY, By, Calendar, Span, cut
from bayegan.search import Filter
from crawler.dates import TEHRAN, utc_text
from crawler.errors import UsageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from bayegan.archive.rows import CoverageRow

    AgencyDay = tuple[str, date]

LEAST_HELD: Final = 0.9  # of what was listed on a day
KINDS: Final = ("day", "week", "month")
CALENDARS: Final = ("jalali", "gregorian")
UTC_DAY: Final = len("2020-12-07")

# The index of agencies and moments gives this alone, where it stands without a query.
MOMENTS: Final = "SELECT articles.agency, articles.published FROM articles"
IMPORTED: Final = """
    SELECT agency, day FROM ledger WHERE day IS NOT NULL AND (:agency IS NULL OR agency = :agency)
    GROUP BY agency, day HAVING sum(via IS NOT 'import') = 0
"""
AGENCIES: Final = "SELECT name FROM agencies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One day, week or month: ``matches`` of ``articles`` on those of its days that count, and their ``share``.

    ``name`` is ``1399-09-17``, a week's first day, or ``1399-09``, in the calendar asked for; ``first`` and ``last``
    are its days within the window. ``days`` has every day once for each agency, ``counted`` those of them that count;
    with none there are no figures (None). ``coverage`` is held / listed on the days that count, None where no
    listing says. ``share`` is None where no article was published.
    """

    name: str
    first: date
    last: date
    matches: int | None
    articles: int | None
    share: float | None
    days: int
    counted: int
    coverage: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the archive knows of every agency's days; ``counting`` are those that count."""

    agencies: frozenset[str]
    counting: frozenset[AgencyDay]
    ledger: dict[AgencyDay, CoverageRow]


def trend(
    conn: sqlite3.Connection,
    filters: Filter,
    *,
    by: By = "month",
    calendar: Calendar = "jalali",
    every_day: bool = False,
) -> list[Period]:
    """Count by period the articles that a search would find, among all that pass the filters without its query.

    The periods reach from the first to the last day of the window; where it has no end, to the last day that
    counts. ``every_day`` counts every day that holds an article too, whatever was missed. An article without a date
    is in no period. Raises UsageError for an unknown period or calendar.
    """
    _refuse_unknown(by, calendar)
    everything = replace(filters, query="", sort="newest", limit=None)
    articles = _counts(conn, everything)
    matches = _counts(conn, replace(everything, query=filters.query)) if filters.query else articles
    known = _known(conn, filters, articles if every_day else ())
    dates = [day for _, day in known.counting]
    first, last = filters.since or min(dates, default=None), filters.until or max(dates, default=None)
    if first is None or last is None or first > last:
        return []
    return [_period(span, known, matches, articles) for span in cut(first, last, by, calendar)]


def _refuse_unknown(by: str, calendar: str) -> None:
    if by not in KINDS:
        raise UsageError(f"«{by}» is no period: count by {', '.join(KINDS[:-1])} or {KINDS[-1]}.")
    if calendar not in CALENDARS:
        raise UsageError(f"«{calendar}» is no calendar: choose {' or '.join(CALENDARS)}.")


def _counts(conn: sqlite3.Connection, filters: Filter) -> Counter[AgencyDay]:
    sql, values = selecting.statement(conn, MOMENTS, filters)
    return Counter((agency, _day(published)) for agency, published in conn.execute(sql, values) if published)


def _day(published: str) -> date:
    """Tehran's day of a moment as the archive writes it: a tenth of the time that reading the moment takes."""
    midnight, before, after = _midnight(published[:UTC_DAY])
    return after if published >= midnight else before


@cache  # as many entries as there are days with articles
def _midnight(utc_day: str) -> tuple[str, date, date]:
    """The moment within a day of UTC at which Tehran's day changes, and its days before and after."""
    before = date.fromisoformat(utc_day)
    after = before + ONE_DAY
    return utc_text(datetime.combine(after, time.min, TEHRAN)), before, after


def _known(conn: sqlite3.Connection, filters: Filter, held: Iterable[AgencyDay]) -> _Known:
    """``held`` are days that count whatever was missed of them."""
    scope = Filter(agency=filters.agency, since=filters.since, until=filters.until)
    ledger = {(row.agency, row.day): row for row in telling.coverage(conn, scope) if row.day is not None}
    imported = set(_imported(conn, filters.agency))
    whole = (key for key, row in ledger.items() if _is_whole(row, imported=key in imported))
    agencies = [filters.agency] if filters.agency else [name for (name,) in conn.execute(AGENCIES)]
    return _Known(agencies=frozenset(agencies), counting=frozenset((*whole, *held)), ledger=ledger)


def _imported(conn: sqlite3.Connection, agency: str | None) -> Iterator[AgencyDay]:
    for name, day in conn.execute(IMPORTED, {"agency": agency}):
        yield name, date.fromisoformat(day)


def _is_whole(row: CoverageRow, *, imported: bool) -> bool:
    held = row.share is None or row.share >= LEAST_HELD
    return held and (row.complete or (imported and row.held > 0))


def _period(span: Span, known: _Known, matches: Counter[AgencyDay], articles: Counter[AgencyDay]) -> Period:
    days = [(agency, day) for agency in known.agencies for day in span.days]
    counting = [day for day in days if day in known.counting]
    found = sum(matches[day] for day in counting) if counting else None
    among = sum(articles[day] for day in counting) if counting else None
    return Period(
        name=span.name,
        first=span.first,
        last=span.last,
        matches=found,
        articles=among,
        share=found / among if found is not None and among else None,
        days=len(days),
        counted=len(counting),
        coverage=_coverage([known.ledger[day] for day in counting if day in known.ledger]),
    )


def _coverage(rows: list[CoverageRow]) -> float | None:
    """Held / listed, without what is imported: of that nothing was listed."""
    walked = [row for row in rows if row.complete]
    due = sum(row.held + row.missing for row in walked)
    return sum(row.held for row in walked) / due if due else None
