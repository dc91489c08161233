"""The ledger is the frontier: what was listed, and what became of it, by (agency, news code)."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from crawler.dates import TEHRAN, utc_text
from crawler.items import Link

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from bayegan.archive.writer import Writer
    from crawler.items import Missed, Walked

MOST_ATTEMPTS: Final = 5  # runs that try a failed page before it is left alone
# A held article counts as one attempt when it is read; each time that it was not read again adds one.
TRUSTED_ATTEMPTS: Final = 4  # so that three answers 304 in a row are believed, and then the page itself is asked for
_CHUNK: Final = 500

# A text dump is held, but not final: the page is fetched when a listing names its code.
DUE: Final = """
    SELECT ledger.news_code FROM ledger
    LEFT JOIN articles USING (agency, news_code)
    WHERE ledger.agency = :agency AND ledger.news_code IN (SELECT value FROM json_each(:codes))
    AND (state IN ('listed', 'blocked') OR (state = 'failed' AND attempts < :most)
        OR (state = 'held' AND (articles.reader LIKE 'dump/%' OR ledger.day >= :recheck))
        OR (state = 'gone' AND articles.id IS NOT NULL AND ledger.day >= :recheck))
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
    SELECT url, news_code, day FROM ledger
    WHERE agency = :agency AND (state IN ('listed', 'blocked') OR (state = 'failed' AND attempts < :most))
    AND url IS NOT NULL AND (:first IS NULL OR day BETWEEN :first AND :last)
    ORDER BY day DESC, rowid
"""
HELD_SINCE: Final = """
    SELECT url, news_code, day FROM ledger
    WHERE agency = :agency AND url IS NOT NULL AND day >= :since AND (state = 'held' OR (state = 'gone' AND EXISTS (
        SELECT 1 FROM articles WHERE articles.agency = ledger.agency AND articles.news_code = ledger.news_code)))
    ORDER BY day DESC, rowid
"""
MISS: Final = """
    UPDATE ledger SET state = CASE WHEN state = 'held' AND :state <> 'gone' THEN 'held' ELSE :state END,
        attempts = attempts + 1, status = :status, error = :error, run_id = :run_id
    WHERE agency = :agency AND news_code = :news_code AND state <> 'taken_down'
        AND (state <> 'gone' OR :state = 'gone')
"""
STILL: Final = """
    UPDATE ledger SET attempts = attempts + 1, status = 304, error = NULL, run_id = :run_id
    WHERE agency = :agency AND news_code = :news_code AND state = 'held'
"""
STILL_SEEN: Final = """
    UPDATE articles SET last_seen = max(last_seen, :now) WHERE agency = :agency AND news_code = :news_code
"""
WALK: Final = """
    INSERT INTO days (agency, day, walked_at) VALUES (:agency, :day, :now)
    ON CONFLICT (agency, day) DO UPDATE SET walked_at = excluded.walked_at
"""
# Today is never complete: more may come. A day counts as walked only by a walk that began after it was over.
SETTLE: Final = """
    UPDATE days SET
        listed = (SELECT count(*) FROM ledger WHERE ledger.agency = days.agency AND ledger.day = days.day),
        complete = day < :today AND walked_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ledger
            WHERE ledger.agency = days.agency AND ledger.day = days.day AND state IN ('listed', 'blocked'))
    WHERE agency = :agency
"""
# A walk of the future was one by a clock that ran ahead: the day may not have been over.
DOUBT: Final = "UPDATE days SET walked_at = NULL WHERE agency = ? AND walked_at > ?"
LAST_COMPLETE: Final = "SELECT max(day) FROM days WHERE agency = ? AND complete"
FIRST_LISTED: Final = "SELECT min(day) FROM ledger WHERE agency = ? AND state <> 'taken_down' AND via <> 'import'"
COMPLETE: Final = "SELECT day FROM days WHERE agency = ? AND complete AND day BETWEEN ? AND ?"
STATES: Final = """
    SELECT state, count(*) FROM ledger WHERE agency = ? AND day BETWEEN ? AND ? GROUP BY state
"""
STATES_OF: Final = """
    SELECT state, count(*) FROM ledger
    WHERE agency = ? AND news_code IN (SELECT value FROM json_each(?)) GROUP BY state
"""
VALIDATORS: Final = "SELECT etag, last_modified FROM listings WHERE url = ?"
# What a page said of itself holds for its own address alone: an article that moved is asked for without.
PAGE_VALIDATORS: Final = """
    SELECT pages.etag, pages.last_modified
    FROM ledger JOIN articles USING (agency, news_code) JOIN pages ON pages.id = articles.page_id
    WHERE ledger.agency = :agency AND ledger.news_code = :news_code AND ledger.state = 'held'
        AND ledger.attempts < :trusted AND pages.url = :url
"""
VALIDATE: Final = """
    INSERT INTO listings (url, etag, last_modified) VALUES (?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified
"""


class Ledger:
    """What one agency's crawl asks of the archive; every writing method is one transaction of its own."""

    def __init__(self, writer: Writer, agency: str, run_id: int | None = None) -> None:
        self.writer, self.agency, self.run_id = writer, agency, run_id

    @property
    def conn(self) -> sqlite3.Connection:
        return self.writer.conn

    def note(self, links: Sequence[Link], now: datetime, recheck: date | None = None) -> set[str]:
        """Write down what a listing names and answer with the codes whose pages are to be fetched."""
        with self.writer.transaction():
            self.conn.executemany(LIST, [self._row(link, now) for link in links])
        return due(self.conn, self.agency, [link.news_code for link in links], recheck)

    def missed(self, missed: Missed) -> None:
        """An article that is held stays in the archive; its row says so, unless its agency has deleted it."""
        row = {"state": missed.state, "status": missed.status, "error": missed.reason, "run_id": self.run_id}
        with self.writer.transaction():
            self.conn.execute(MISS, row | {"agency": self.agency, "news_code": missed.link.news_code})

    def still(self, link: Link, now: datetime) -> None:
        """A held article is said to be what it was: it was seen again, though not read."""
        row = {"agency": self.agency, "news_code": link.news_code, "run_id": self.run_id, "now": utc_text(now)}
        with self.writer.transaction():
            self.conn.execute(STILL, row)
            self.conn.execute(STILL_SEEN, row)

    def walked(self, walked: Walked, now: datetime) -> None:
        """These days were walked to the end; a day that was not over yet is written down as not walked."""
        whole = [day for day in _days(walked.first, walked.last) if day < now.astimezone(TEHRAN).date()]
        with self.writer.transaction():
            self.conn.executemany(
                WALK, [{"agency": self.agency, "day": str(day), "now": utc_text(now)} for day in whole]
            )

    def doubt(self, now: datetime) -> None:
        """Trust no walk that was written down later than now."""
        with self.writer.transaction():
            self.conn.execute(DOUBT, (self.agency, utc_text(now)))

    def settle(self, today: date) -> None:
        """Say of every day how much it listed and whether it is complete."""
        with self.writer.transaction():
            self.conn.execute(SETTLE, {"agency": self.agency, "today": str(today)})

    def remember(self, validators: Iterable[tuple[str, str | None, str | None]]) -> None:
        """Keep (url, etag, last_modified) of listings for the next conditional request."""
        with self.writer.transaction():
            self.conn.executemany(VALIDATE, list(validators))

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


def due(conn: sqlite3.Connection, agency: str, codes: Sequence[str], recheck: date | None = None) -> set[str]:
    """Which of these codes, all of them in the ledger, are to be fetched."""
    asked = {"agency": agency, "codes": _json(codes), "most": MOST_ATTEMPTS, "recheck": str(recheck or date.max)}
    return {code for (code,) in conn.execute(DUE, asked)}


def unknown(conn: sqlite3.Connection, agency: str, codes: Sequence[str]) -> set[str]:
    """Which of these codes the ledger has never seen."""
    return set(codes) - {code for (code,) in conn.execute(KNOWN, {"agency": agency, "codes": _json(codes)})}


def open_links(
    conn: sqlite3.Connection, agency: str, first: date | None = None, last: date | None = None
) -> Iterator[Link]:
    """What earlier runs left open, newest day first; with a window, only its days."""
    window = {"first": str(first) if first else None, "last": str(last) if last else None}
    yield from _links(conn.execute(OPEN, {"agency": agency, "most": MOST_ATTEMPTS} | window))


def held_since(conn: sqlite3.Connection, agency: str, since: date) -> Iterator[Link]:
    """Articles in the archive of the days since then, to be visited again; also those that were deleted."""
    yield from _links(conn.execute(HELD_SINCE, {"agency": agency, "since": str(since)}))


def last_complete_day(conn: sqlite3.Connection, agency: str) -> date | None:
    """The newest complete day; before there is one, the oldest day that was ever listed; None in an empty archive."""
    complete = conn.execute(LAST_COMPLETE, (agency,)).fetchone()[0]
    day = complete or conn.execute(FIRST_LISTED, (agency,)).fetchone()[0]
    return date.fromisoformat(day) if day else None


def complete_days(conn: sqlite3.Connection, agency: str, first: date, last: date) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for (day,) in conn.execute(COMPLETE, (agency, str(first), str(last))))


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


def validators(conn: sqlite3.Connection, url: str) -> tuple[str | None, str | None]:
    """(etag, last_modified) of a listing as it was last read to the end."""
    found = conn.execute(VALIDATORS, (url,)).fetchone()
    return (found[0], found[1]) if found else (None, None)


def page_validators(conn: sqlite3.Connection, agency: str, link: Link) -> tuple[str | None, str | None]:
    """(etag, last_modified) of a held article's page; neither, where a 304 would not be believed."""
    asked = {"agency": agency, "news_code": link.news_code, "url": link.url, "trusted": TRUSTED_ATTEMPTS}
    found = conn.execute(PAGE_VALIDATORS, asked).fetchone()
    return (found[0], found[1]) if found else (None, None)


def _links(rows: Iterable[tuple[str, str, str | None]]) -> Iterator[Link]:
    for url, code, day in list(rows):
        yield Link(url=url, news_code=code, day=date.fromisoformat(day) if day else None, via="ledger")


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))


def _json(codes: Sequence[str]) -> str:
    return json.dumps(list(codes))
