"""What another archive knows beside its articles, joined to ours: agencies, runs, ledger, days, tombstones.

Each of these steps can be done again without a change. Listings' validators are not joined: they say what that
archive has read, and would let a crawl of ours take an unread listing for an unchanged one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bayegan.archive.finding.fetching import records

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

AGENCIES_OF: Final = """
    SELECT name FROM agencies UNION SELECT agency FROM ledger UNION SELECT agency FROM runs
    UNION SELECT agency FROM days UNION SELECT agency FROM tombstones ORDER BY 1
"""
AGENCIES: Final = "SELECT name, title, home, family FROM agencies"
JOIN_AGENCY: Final = """
    INSERT INTO agencies (name, title, home, family) VALUES (:name, :title, :home, :family)
    ON CONFLICT (name) DO UPDATE SET
        title = coalesce(title, excluded.title),
        home = coalesce(home, excluded.home),
        family = coalesce(family, excluded.family)
"""
RUNS: Final = """
    SELECT id, agency, started, ended, home, window, counts, exit_code, version FROM runs ORDER BY id
"""
# Two runs that agree in all this are one: an agency has one run at a time, in one archive.
SAME_RUN: Final = """
    SELECT id FROM runs
    WHERE agency = :agency AND started = :started AND ended IS :ended AND home IS :home AND window IS :window
        AND counts IS :counts AND exit_code IS :exit_code AND version IS :version
"""
ADD_RUN: Final = """
    INSERT INTO runs (agency, started, ended, home, window, counts, exit_code, version)
    VALUES (:agency, :started, :ended, :home, :window, :counts, :exit_code, :version)
"""
LEDGER: Final = """
    SELECT rowid, agency, news_code, url, day, listed_at, via, state, attempts, status, error, run_id
    FROM ledger WHERE rowid > ? ORDER BY rowid LIMIT ?
"""
LEDGER_ROW: Final = "SELECT * FROM ledger WHERE agency = ? AND news_code = ?"
# Of two states the one that stands further behind speaks: who knows more, and a tombstone above all.
JOIN_LEDGER: Final = """
    INSERT INTO ledger (agency, news_code, url, day, listed_at, via, state, attempts, status, error, run_id)
    VALUES (:agency, :news_code, :url, :day, :listed_at, :via, :state, :attempts, :status, :error, :run_id)
    ON CONFLICT (agency, news_code) DO UPDATE SET
        day = coalesce(day, excluded.day), url = coalesce(url, excluded.url),
        listed_at = min(listed_at, excluded.listed_at), attempts = max(attempts, excluded.attempts),
        (state, status, error, run_id) = (
            SELECT state, status, error, run_id FROM (
                SELECT excluded.state, excluded.status, excluded.error, excluded.run_id, 1 AS theirs
                UNION ALL SELECT ledger.state, ledger.status, ledger.error, coalesce(ledger.run_id, excluded.run_id), 0)
            ORDER BY instr('listed blocked failed refused gone held taken_down', state) DESC, theirs LIMIT 1)
"""
STANDING: Final = """
    SELECT EXISTS (SELECT 1 FROM tombstones WHERE agency = :agency AND news_code = :news_code),
        EXISTS (SELECT 1 FROM articles WHERE agency = :agency AND news_code = :news_code)
"""
DAYS: Final = "SELECT agency, day, walked_at, listed, complete FROM days"
JOIN_DAY: Final = """
    INSERT INTO days (agency, day, walked_at, listed, complete) VALUES (:agency, :day, :walked_at, :listed, :complete)
    ON CONFLICT (agency, day) DO UPDATE SET
        walked_at = nullif(max(coalesce(walked_at, ''), coalesce(excluded.walked_at, '')), ''),
        complete = max(complete, excluded.complete)
"""
# Complete is what was complete on either side, and of which nothing is open on ours now.
SETTLE: Final = """
    UPDATE days SET
        listed = (SELECT count(*) FROM ledger WHERE ledger.agency = days.agency AND ledger.day = days.day),
        complete = complete AND NOT EXISTS (
            SELECT 1 FROM ledger
            WHERE ledger.agency = days.agency AND ledger.day = days.day AND state IN ('listed', 'blocked'))
    WHERE agency = ?
"""
TOMBSTONES: Final = 'SELECT agency, news_code, "when", why FROM tombstones'
BURY: Final = 'INSERT OR IGNORE INTO tombstones (agency, news_code, "when", why) VALUES (?, ?, ?, ?)'
# What a tombstone stands for and is not gone: an article, or a row of the ledger that still says where it was.
HELD_AND_BURIED: Final = """
    SELECT agency, news_code, why FROM tombstones
    WHERE (agency, news_code) IN (SELECT agency, news_code FROM articles)
        OR (agency, news_code) IN (SELECT agency, news_code FROM ledger WHERE state <> 'taken_down')
    ORDER BY agency, news_code
"""
NOT_HELD: Final = "The other archive holds it, and it was refused here: see what `bayegan merge` said."

Row = dict[str, Any]


def agencies_of(conn: sqlite3.Connection) -> list[str]:
    """Every agency that the archive knows anything of."""
    return [name for (name,) in conn.execute(AGENCIES_OF)]


def join_agencies(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> None:
    ours.executemany(JOIN_AGENCY, list(records(theirs.execute(AGENCIES))))


def join_runs(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> tuple[dict[int, int], int]:
    """Their runs' ids with those that they have here, and how many of them are new."""
    known, new = {}, 0
    for run in list(records(theirs.execute(RUNS))):
        found = ours.execute(SAME_RUN, run).fetchone()
        new += found is None
        known[run["id"]] = found[0] if found else int(ours.execute(ADD_RUN, run).lastrowid or 0)
    return known, new


def ledger_batches(theirs: sqlite3.Connection, size: int) -> Iterator[list[Row]]:
    """Their whole ledger, some rows at a time."""
    last = 0
    while rows := list(records(theirs.execute(LEDGER, (last, size)))):
        last = rows[-1]["rowid"]
        yield rows


def ledger_row(theirs: sqlite3.Connection, key: tuple[str, str]) -> Row | None:
    return next(records(theirs.execute(LEDGER_ROW, key)), None)


def join_ledger(ours: sqlite3.Connection, rows: list[Row], runs: dict[int, int]) -> None:
    """Their rows into ours; held is only what we hold."""
    ours.executemany(JOIN_LEDGER, [row | _state(ours, row) | {"run_id": runs.get(row["run_id"])} for row in rows])


def _state(ours: sqlite3.Connection, row: Row) -> Row:
    buried, held = ours.execute(STANDING, row).fetchone()
    if buried:
        return {"state": "taken_down", "url": None, "error": None}
    if row["state"] == "held" and not held:
        return {"state": "refused", "error": NOT_HELD}
    return {}


def join_days(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> None:
    """Their days into ours, and what is complete said anew; the ledgers must be joined by then."""
    days = list(records(theirs.execute(DAYS)))
    ours.executemany(JOIN_DAY, days)
    ours.executemany(SETTLE, [(agency,) for agency in agencies_of(theirs)])


def join_tombstones(ours: sqlite3.Connection, theirs: sqlite3.Connection) -> None:
    ours.executemany(BURY, theirs.execute(TOMBSTONES).fetchall())


def held_and_buried(ours: sqlite3.Connection) -> list[tuple[str, str, str | None]]:
    """What is left of articles for which a tombstone stands: agency, news code, why."""
    return ours.execute(HELD_AND_BURIED).fetchall()
