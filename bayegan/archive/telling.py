"""What the archive tells of itself: coverage by day, its runs, and what it holds."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive.finding.fetching import moment, records
from bayegan.archive.rows import AgencyStats, CoverageRow, RunRow, Stats

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from bayegan.search import Filter

# A day that was walked and listed nothing has no row in the ledger, but it has one among the days.
COVERAGE: Final = """
    SELECT agency, day, sum(n) AS listed, sum(n * (state IS 'held')) AS held, sum(n * (state IS 'failed')) AS failed,
        sum(n * (state IS 'gone')) AS gone, sum(n * (state IS 'taken_down')) AS taken_down,
        max(walked) AND NOT sum(n * (state IN ('listed', 'blocked'))) AS complete
    FROM (
        SELECT agency, day, state, count(*) AS n, 0 AS walked FROM ledger GROUP BY agency, day, state
        UNION ALL
        SELECT agency, day, '', 0, complete FROM days
    )
    WHERE (:agency IS NULL OR agency = :agency)
        AND (:since IS NULL OR day >= :since) AND (:until IS NULL OR day <= :until)
    GROUP BY agency, day ORDER BY agency, day
"""
RUNS: Final = """
    SELECT id, agency, started, ended, home, window, counts, exit_code, version
    FROM runs ORDER BY id DESC LIMIT ?
"""
AGENCIES: Final = """
    SELECT agency, count(*) AS articles, min(published) AS first_published, max(published) AS last_published
    FROM articles GROUP BY agency ORDER BY agency
"""
KINDS: Final = "SELECT kind, count(*) FROM articles GROUP BY kind ORDER BY kind"
STATES: Final = "SELECT state, count(*) FROM ledger GROUP BY state ORDER BY state"
TOTALS: Final = """
    SELECT (SELECT count(*) FROM articles) AS articles,
        (SELECT count(*) FROM pages) AS pages,
        (SELECT coalesce(sum(length(body)), 0) FROM pages) AS page_bytes,
        (SELECT count(*) FROM tags) AS tags,
        (SELECT count(*) FROM sections) AS sections,
        (SELECT count(*) FROM revisions) AS revisions,
        (SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL) AS duplicates,
        (SELECT count(*) FROM runs) AS runs,
        (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS bytes
"""


def coverage(conn: sqlite3.Connection, window: Filter) -> list[CoverageRow]:
    """Days of the ledger, in Tehran's calendar as ``since`` and ``until`` are."""
    days = {"since": window.since and window.since.isoformat(), "until": window.until and window.until.isoformat()}
    return [_coverage(row) for row in records(conn.execute(COVERAGE, days | {"agency": window.agency}))]


def runs(conn: sqlite3.Connection, limit: int) -> Iterator[RunRow]:
    """The newest first."""
    for row in records(conn.execute(RUNS, (limit,))):
        counts = json.loads(row["counts"] or "{}")
        yield RunRow(**row | {"counts": counts, "started": moment(row["started"]), "ended": moment(row["ended"])})


def stats(conn: sqlite3.Connection) -> Stats:
    agencies = (_agency(row) for row in records(conn.execute(AGENCIES)))
    return Stats(
        agencies=tuple(agencies),
        kinds=dict(conn.execute(KINDS).fetchall()),
        ledger=dict(conn.execute(STATES).fetchall()),
        **next(records(conn.execute(TOTALS))),
    )


def _coverage(row: dict[str, Any]) -> CoverageRow:
    due = row["listed"] - row["gone"] - row.pop("taken_down")
    changed = {
        "day": row["day"] and date.fromisoformat(row["day"]),
        "missing": due - row["held"],
        "share": row["held"] / due if due else None,
        "complete": bool(row["complete"]),
    }
    return CoverageRow(**row | changed)


def _agency(row: dict[str, Any]) -> AgencyStats:
    moments = {name: moment(row[name]) for name in ("first_published", "last_published")}
    return AgencyStats(**row | moments)
