"""The days of an agency: which were walked, which are complete, where the gaps are, and since when to look for news."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from crawler.dates import day_of, from_utc_text, utc_text

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

# A listing names an article of years ago now and then: before any day was walked, none so old is gone back to.
FARTHEST: Final = timedelta(days=7)
TRY_AGAIN: Final = timedelta(days=7)  # how long a gap is left alone that could not be healed

WALK: Final = """
    INSERT INTO days (agency, day, walked_at) VALUES (:agency, :day, :now)
    ON CONFLICT (agency, day) DO UPDATE SET walked_at = excluded.walked_at, unsettled = 1
"""
# Today is never complete: more may come. A day counts as walked only by a walk that began after it was over.
SETTLE: Final = """
    UPDATE days SET unsettled = 0,
        listed = (SELECT count(*) FROM ledger WHERE ledger.agency = days.agency AND ledger.day = days.day),
        complete = day < :today AND walked_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ledger
            WHERE ledger.agency = days.agency AND ledger.day = days.day AND state IN ('listed', 'blocked'))
    WHERE agency = :agency AND (unsettled OR :every)
"""
# A walk of the future was one by a clock that ran ahead: the day may not have been over.
DOUBT: Final = "UPDATE days SET walked_at = NULL, unsettled = 1 WHERE agency = ? AND walked_at > ?"
TRY: Final = """
    INSERT INTO days (agency, day, tried_at) VALUES (:agency, :day, :now)
    ON CONFLICT (agency, day) DO UPDATE SET tried_at = excluded.tried_at
"""
LAST_COMPLETE: Final = "SELECT max(day) FROM days WHERE agency = ? AND complete"
# By its exit code: it listed something.
FIRST_RUN: Final = """
    SELECT started FROM runs WHERE agency = ? AND exit_code IN (0, 4, 6) ORDER BY started LIMIT 1
"""
FIRST_LISTED: Final = """
    SELECT min(day) FROM ledger WHERE agency = ? AND day >= ? AND state <> 'taken_down' AND via <> 'import'
"""
COMPLETE: Final = "SELECT day FROM days WHERE agency = ? AND complete AND day BETWEEN ? AND ?"
# Days that were walked, with the next one that was, where others lie between.
HOLES: Final = """
    SELECT day, later FROM (
        SELECT day, lead(day) OVER (ORDER BY day) AS later FROM days
        WHERE agency = ? AND walked_at IS NOT NULL AND day <= ?
    ) WHERE julianday(later) - julianday(day) > 1
"""
TRIED: Final = """
    SELECT day, tried_at > :since AND tried_at <= :now FROM days
    WHERE agency = :agency AND tried_at IS NOT NULL AND walked_at IS NULL
"""


def known_until(conn: sqlite3.Connection, agency: str) -> date | None:
    """The newest complete day; before there is one, the oldest that the first crawls listed; None before these."""
    (complete,) = conn.execute(LAST_COMPLETE, (agency,)).fetchone()
    if complete:
        return date.fromisoformat(complete)
    begun = conn.execute(FIRST_RUN, (agency,)).fetchone()
    if begun is None:
        return None
    farthest = day_of(from_utc_text(begun[0])) - FARTHEST
    (listed,) = conn.execute(FIRST_LISTED, (agency, str(farthest))).fetchone()
    return date.fromisoformat(listed) if listed else farthest


def complete_days(conn: sqlite3.Connection, agency: str, first: date, last: date) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for (day,) in conn.execute(COMPLETE, (agency, str(first), str(last))))


def gaps(conn: sqlite3.Connection, agency: str, most: int, before: date, now: datetime) -> tuple[date, ...]:
    """Days that nobody walked between others that were, ``before`` a day, and no more than ``most`` of them.

    The newest first, those that no crawl could heal last; and not at all where one tried in the last days.
    """
    missing = [
        date.fromordinal(number)
        for day, later in conn.execute(HOLES, (agency, str(before))).fetchall()
        for number in range(date.fromisoformat(day).toordinal() + 1, date.fromisoformat(later).toordinal())
    ]
    asked = {"agency": agency, "since": utc_text(now - TRY_AGAIN), "now": utc_text(now)}
    lately = {date.fromisoformat(day): waits for day, waits in conn.execute(TRIED, asked)} if missing else {}
    due = [day for day in sorted(missing, reverse=True) if not lately.get(day)]
    return tuple(sorted(due, key=lately.__contains__)[:most])
