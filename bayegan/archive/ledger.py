"""The ledger is the frontier: what was listed, and what became of it, by (agency, news code)."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bayegan.archive import days, validators
from crawler.dates import TEHRAN, utc_text
from crawler.items import Link

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from bayegan.archive.writer import Writer
    from crawler.items import Missed, Walked

# How long a page that failed is left alone: after the first time, the second, …; after one time more it is given up.
WAITS: Final = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3))
MOST_ATTEMPTS: Final = len(WAITS) + 1
_CHUNK: Final = 500

# What failed waits for its time; one that lies farther ahead than any wait was set by a clock that ran ahead.
# A text dump is held, but not final: the page is fetched when a listing names its code. With its days is visited again
# what is held, what is gone (a site in trouble says so of everything), and what failed too often to be tried otherwise.
DUE: Final = """
    SELECT ledger.news_code FROM ledger
    LEFT JOIN articles USING (agency, news_code)
    WHERE ledger.agency = :agency AND ledger.news_code IN (SELECT value FROM json_each(:codes))
    AND (state IN ('listed', 'blocked')
        OR (state = 'failed' AND attempts < :most
            AND (retry_at IS NULL OR retry_at <= :now OR retry_at > :farthest))
        OR (state = 'held' AND articles.reader LIKE 'dump/%')
        OR (state IN ('held', 'gone', 'failed') AND ledger.day >= :recheck))
"""
KNOWN: Final = """
    SELECT news_code FROM ledger WHERE agency = :agency AND news_code IN (SELECT value FROM json_each(:codes))
"""
# Of what was taken down not even the address is written down again: it may tell the title.
LIST: Final = """
    INSERT INTO ledger (agency, news_code, url, day, listed_at, via, state, run_id)
    VALUES (:agency, :news_code, :url, :day, :now, :via, 'listed', :run_id)
    ON CONFLICT (agency, news_code) DO UPDATE SET
        day = coalesce(day, excluded.day), url = coalesce(url, excluded.url)
        WHERE state <> 'taken_down'
"""
OPEN: Final = """
    SELECT url, news_code, day FROM (
        SELECT url, news_code, day, rowid AS place FROM ledger
        WHERE agency = :agency AND state IN ('listed', 'blocked')
        UNION ALL SELECT url, news_code, day, rowid FROM ledger
        WHERE agency = :agency AND state = 'failed' AND attempts < :most
            AND (retry_at IS NULL OR retry_at <= :now OR retry_at > :farthest)
    )
    WHERE url IS NOT NULL AND (:first IS NULL OR day BETWEEN :first AND :last)
    ORDER BY day DESC, place
"""
HELD_SINCE: Final = """
    SELECT url, news_code, day FROM ledger
    WHERE agency = :agency AND url IS NOT NULL AND day >= :since AND state IN ('held', 'gone', 'failed')
    ORDER BY day DESC, rowid
"""
# Only failures that follow each other count towards giving up: what was blocked before is tried as often as the rest.
MISS: Final = """
    UPDATE ledger SET state = CASE WHEN state = 'held' AND :state <> 'gone' THEN 'held' ELSE :state END,
        attempts = iif(:state = 'failed' AND state IN ('listed', 'blocked'), 1, attempts + 1),
        retry_at = iif(:state = 'failed' AND state <> 'held',
            json_extract(:moments, '$[' || iif(state = 'failed', attempts, 0) || ']'), NULL),
        status = :status, error = :error, run_id = :run_id
    WHERE agency = :agency AND news_code = :news_code AND state <> 'taken_down'
        AND (state <> 'gone' OR :state = 'gone')
    RETURNING state = 'failed' AND attempts >= :most
"""
STILL: Final = """
    UPDATE ledger SET attempts = attempts + 1, status = 304, error = NULL, run_id = :run_id
    WHERE agency = :agency AND news_code = :news_code AND state = 'held'
"""
STILL_SEEN: Final = """
    UPDATE articles SET last_seen = max(last_seen, :now) WHERE agency = :agency AND news_code = :news_code
"""
STATES: Final = """
    SELECT state, count(*) FROM ledger WHERE agency = ? AND day BETWEEN ? AND ? GROUP BY state
"""
STATES_OF: Final = """
    SELECT state, count(*) FROM ledger
    WHERE agency = ? AND news_code IN (SELECT value FROM json_each(?)) GROUP BY state
"""


class Ledger:
    """What one agency's crawl asks of the archive; every writing method is one transaction of its own."""

    def __init__(self, writer: Writer, agency: str, run_id: int | None = None) -> None:
        self.writer, self.agency, self.run_id = writer, agency, run_id

    @property
    def conn(self) -> sqlite3.Connection:
        return self.writer.conn

    def note(
        self, links: Sequence[Link], now: datetime, recheck: date | None = None, *, at_once: bool = False
    ) -> set[str]:
        """Write down what a listing names and answer with the codes whose pages are to be fetched.

        What failed waits until its time has come, unless it is to be tried ``at_once``.
        """
        with self.writer.transaction():
            self.conn.executemany(LIST, [self._row(link, now) for link in links])
        return due(self.conn, self.agency, [link.news_code for link in links], now, recheck, at_once=at_once)

    def missed(self, missed: Missed, now: datetime) -> bool:
        """Write down why, and when it is tried again; True where it is given up, having failed too often.

        An article that is held stays in the archive; its row says so, unless its agency has deleted it.
        """
        row = {"state": missed.state, "status": missed.status, "error": missed.reason, "run_id": self.run_id}
        key = {"agency": self.agency, "news_code": missed.link.news_code}
        waits = {"moments": _json([utc_text(now + wait) for wait in WAITS]), "most": MOST_ATTEMPTS}
        with self.writer.transaction():
            given_up = self.conn.execute(MISS, row | key | waits).fetchall()
        return given_up == [(1,)]

    def still(self, link: Link, now: datetime) -> None:
        """A held article is said to be what it was: it was seen again, though not read."""
        row = {"agency": self.agency, "news_code": link.news_code, "run_id": self.run_id, "now": utc_text(now)}
        with self.writer.transaction():
            self.conn.execute(STILL, row)
            self.conn.execute(STILL_SEEN, row)

    def walked(self, walked: Walked, now: datetime) -> None:
        """These days were walked to the end; a day that was not over yet is written down as not walked."""
        today = now.astimezone(TEHRAN).date()
        self._write_days(days.WALK, (day for day in _days(walked.first, walked.last) if day < today), now)

    def tried(self, gaps: Iterable[date], now: datetime) -> None:
        """A crawl set out to walk these days: those that it could not wait for a while."""
        self._write_days(days.TRY, gaps, now)

    def doubt(self, now: datetime) -> None:
        """Trust no walk that was written down later than now."""
        with self.writer.transaction():
            self.conn.execute(days.DOUBT, (self.agency, utc_text(now)))

    def settle(self, today: date, *, every: bool = True) -> None:
        """Say of every day how much it listed and whether it is complete; else of those whose rows have changed."""
        with self.writer.transaction():
            self.conn.execute(days.SETTLE, {"agency": self.agency, "today": str(today), "every": every})

    def remember(self, said: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Keep (url, etag, last_modified) of listings for the next conditional request."""
        with self.writer.transaction():
            self.conn.executemany(validators.VALIDATE, list(said))

    def _write_days(self, statement: str, which: Iterable[date], now: datetime) -> None:
        with self.writer.transaction():
            self.conn.executemany(
                statement, [{"agency": self.agency, "day": str(day), "now": utc_text(now)} for day in which]
            )

    def _row(self, link: Link, now: datetime) -> dict[str, object]:
        day = str(link.day) if link.day else None
        return {
            "agency": self.agency,
            "news_code": link.news_code,
            "url": link.url,
            "day": day,
            "now": utc_text(now),
            "via": link.via,
            "run_id": self.run_id,
        }


def due(
    conn: sqlite3.Connection,
    agency: str,
    codes: Sequence[str],
    now: datetime,
    recheck: date | None = None,
    *,
    at_once: bool = False,
) -> set[str]:
    """Which of these codes, all of them in the ledger, are to be fetched."""
    asked = {"agency": agency, "codes": _json(codes), "recheck": str(recheck or date.max)}
    return {code for (code,) in conn.execute(DUE, asked | _patience(now, at_once=at_once))}


def unknown(conn: sqlite3.Connection, agency: str, codes: Sequence[str]) -> set[str]:
    """Which of these codes the ledger has never seen."""
    return set(codes) - {code for (code,) in conn.execute(KNOWN, {"agency": agency, "codes": _json(codes)})}


def open_links(
    conn: sqlite3.Connection, agency: str, now: datetime, first: date | None = None, last: date | None = None
) -> Iterator[Link]:
    """What earlier runs left open, newest day first; with a window, only its days, whatever failed there at once."""
    asked = {"agency": agency, "first": str(first) if first else None, "last": str(last) if last else None}
    yield from _links(conn.execute(OPEN, asked | _patience(now, at_once=first is not None)))


def held_since(conn: sqlite3.Connection, agency: str, since: date) -> Iterator[Link]:
    """Articles of the days since then, to be visited again: held, said to be gone, or given up."""
    yield from _links(conn.execute(HELD_SINCE, {"agency": agency, "since": str(since)}))


def states(conn: sqlite3.Connection, agency: str, first: date, last: date) -> Counter[str]:
    """How many rows of these days stand in each state."""
    return Counter(dict(conn.execute(STATES, (agency, str(first), str(last))).fetchall()))


def states_of(conn: sqlite3.Connection, agency: str, codes: Iterable[str]) -> Counter[str]:
    """How many of these codes stand in each state."""
    total: Counter[str] = Counter()
    every = sorted(codes)
    for begin in range(0, len(every), _CHUNK):
        total.update(dict(conn.execute(STATES_OF, (agency, _json(every[begin : begin + _CHUNK]))).fetchall()))
    return total


def _links(rows: Iterable[tuple[str, str, str | None]]) -> Iterator[Link]:
    for url, code, day in list(rows):
        yield Link(url=url, news_code=code, day=date.fromisoformat(day) if day else None, via="ledger")


def _patience(now: datetime, *, at_once: bool) -> dict[str, object]:
    latest = utc_text(datetime.max.replace(tzinfo=UTC) if at_once else now)
    return {"most": MOST_ATTEMPTS, "now": latest, "farthest": utc_text(now + WAITS[-1])}


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def _json(codes: Sequence[str]) -> str:
    return json.dumps(list(codes))
