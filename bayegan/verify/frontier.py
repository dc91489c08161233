"""The ledger against the articles and tombstones, the days against the ledger, and the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.ledger import Ledger
from bayegan.verify.checks import Kind, asks, runs
from crawler.dates import TEHRAN, day_of, from_utc_text
from crawler.errors import UnreadableDateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.verify.checks import Finding, Repair

AGAIN: Final = "Run it again with --repair."

NOTHING_HELD: Final = """
    SELECT agency, news_code FROM ledger WHERE state = 'held'
    AND NOT EXISTS (SELECT 1 FROM articles
        WHERE articles.agency = ledger.agency AND articles.news_code = ledger.news_code)
    AND NOT EXISTS (SELECT 1 FROM tombstones
        WHERE tombstones.agency = ledger.agency AND tombstones.news_code = ledger.news_code)
"""
LIST_AGAIN: Final = """
    UPDATE ledger SET state = 'listed' WHERE state = 'held'
    AND NOT EXISTS (SELECT 1 FROM articles
        WHERE articles.agency = ledger.agency AND articles.news_code = ledger.news_code)
    AND NOT EXISTS (SELECT 1 FROM tombstones
        WHERE tombstones.agency = ledger.agency AND tombstones.news_code = ledger.news_code)
"""
NOT_LISTED: Final = """
    SELECT agency, news_code FROM articles
    WHERE NOT EXISTS (SELECT 1 FROM ledger
        WHERE ledger.agency = articles.agency AND ledger.news_code = articles.news_code)
"""
UNLISTED: Final = """
    SELECT agency, news_code, url, first_seen, published FROM articles
    WHERE NOT EXISTS (SELECT 1 FROM ledger
        WHERE ledger.agency = articles.agency AND ledger.news_code = articles.news_code)
"""
# No listing names it: what came in otherwise counts as imported.
ENTER: Final = """
    INSERT INTO ledger (agency, news_code, url, listed_at, day, via, state, attempts)
    VALUES (?, ?, ?, ?, ?, 'import', 'held', 1)
"""
# What its agency deleted may stand as gone in the ledger; it is held all the same.
UNACKNOWLEDGED: Final = """
    SELECT agency, news_code, state FROM ledger JOIN articles USING (agency, news_code)
    WHERE state IN ('listed', 'failed', 'blocked', 'refused')
"""
ACKNOWLEDGE: Final = """
    UPDATE ledger SET state = 'held', error = NULL
    WHERE state IN ('listed', 'failed', 'blocked', 'refused') AND EXISTS (SELECT 1 FROM articles
        WHERE articles.agency = ledger.agency AND articles.news_code = ledger.news_code)
"""
HELD_THOUGH_TAKEN_DOWN: Final = """
    SELECT agency, news_code FROM articles
    WHERE EXISTS (SELECT 1 FROM tombstones
        WHERE tombstones.agency = articles.agency AND tombstones.news_code = articles.news_code)
    OR EXISTS (SELECT 1 FROM ledger WHERE ledger.agency = articles.agency
        AND ledger.news_code = articles.news_code AND state = 'taken_down')
"""
NO_TOMBSTONE: Final = """
    SELECT agency, news_code FROM ledger WHERE state = 'taken_down'
    AND NOT EXISTS (SELECT 1 FROM tombstones
        WHERE tombstones.agency = ledger.agency AND tombstones.news_code = ledger.news_code)
"""
SET_TOMBSTONE: Final = """
    INSERT INTO tombstones (agency, news_code, "when", why)
    SELECT agency, news_code, :now, 'set again by verify: the ledger says that it was taken down'
    FROM ledger WHERE state = 'taken_down' ON CONFLICT DO NOTHING
"""
STILL_DUE: Final = """
    SELECT agency, news_code, state FROM ledger JOIN tombstones USING (agency, news_code) WHERE state <> 'taken_down'
"""
TAKE_DOWN: Final = """
    UPDATE ledger SET state = 'taken_down' WHERE EXISTS (SELECT 1 FROM tombstones
        WHERE tombstones.agency = ledger.agency AND tombstones.news_code = ledger.news_code)
"""
# What the schema's own checks allow; SQLite leaves them out where it may only read.
NO_STATE: Final = """
    SELECT agency, news_code, state FROM ledger
    WHERE state NOT IN ('listed', 'held', 'failed', 'gone', 'blocked', 'refused', 'taken_down')
"""
STATE_ANEW: Final = """
    UPDATE ledger SET state = iif(EXISTS (SELECT 1 FROM articles
        WHERE articles.agency = ledger.agency AND articles.news_code = ledger.news_code), 'held', 'listed')
    WHERE state NOT IN ('listed', 'held', 'failed', 'gone', 'blocked', 'refused', 'taken_down')
"""
NO_FLAG: Final = "SELECT agency, NULL, day, complete FROM days WHERE complete NOT IN (0, 1)"
NEGATIVE: Final = "SELECT agency, news_code, attempts FROM ledger WHERE attempts < 0"
FROM_NOUGHT: Final = "UPDATE ledger SET attempts = 0 WHERE attempts < 0"

# A run counts when it begins and when it has ended: what was listed since, by an import or a run that was killed, is
# counted by the next run, and until then its day may say less than the ledger, never more.
MISCOUNTED: Final = """
    SELECT agency, NULL, day, listed, (SELECT count(*) FROM ledger
        WHERE ledger.agency = days.agency AND ledger.day = days.day) AS whole
    FROM days
    WHERE listed > whole OR listed < (
        SELECT count(*) FROM ledger LEFT JOIN articles USING (agency, news_code)
        WHERE ledger.agency = days.agency AND ledger.day = days.day AND max(listed_at, coalesce(first_seen, '')) < (
            SELECT coalesce(ended, '') FROM runs WHERE runs.agency = days.agency ORDER BY id DESC LIMIT 1))
"""
# The same holds for what a killed run left open.
STILL_OPEN: Final = """
    SELECT agency, NULL, day FROM days WHERE complete
    AND EXISTS (SELECT 1 FROM ledger
        WHERE ledger.agency = days.agency AND ledger.day = days.day AND state IN ('listed', 'blocked'))
    AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.agency = days.agency AND ended IS NULL
        AND id = (SELECT max(id) FROM runs WHERE runs.agency = days.agency))
"""
NEVER_WALKED: Final = "SELECT agency, NULL, day FROM days WHERE complete AND walked_at IS NULL"
NOT_OVER: Final = "SELECT agency, NULL, day FROM days WHERE complete AND day >= :today"
COUNTED_AGENCIES: Final = "SELECT DISTINCT agency FROM days"

NEVER_ENDED: Final = "SELECT agency, NULL, id, started FROM runs WHERE ended IS NULL"
COUNTS_BROKEN: Final = """
    SELECT agency, NULL, id FROM runs
    WHERE counts IS NOT NULL AND NOT iif(json_valid(counts), json_type(counts) = 'object', 0)
"""
FORGET_COUNTS: Final = """
    UPDATE runs SET counts = NULL
    WHERE counts IS NOT NULL AND NOT iif(json_valid(counts), json_type(counts) = 'object', 0)
"""


def _enter(repair: Repair, _: Iterator[Finding]) -> None:
    rows = repair.conn.execute(UNLISTED).fetchall()
    repair.conn.executemany(ENTER, [(*row, _day(published)) for *row, published in rows])


def _day(published: str | None) -> str | None:
    try:
        return str(day_of(from_utc_text(published))) if published else None
    except UnreadableDateError:
        return None


def _settle(repair: Repair, _: Iterator[Finding]) -> None:
    today = repair.look.now.astimezone(TEHRAN).date()
    for (agency,) in repair.conn.execute(COUNTED_AGENCIES).fetchall():
        Ledger(repair.writer, agency).settle(today)


TOMBSTONE_ADVICE: Final = "Take it down again with `bayegan takedown`, which alone deletes articles."
RUN_ADVICE: Final = "Nothing needs to be done: the next crawl fetches what it left open."
STATE: Final = Kind(name="ledger state", mend=runs(STATE_ANEW, ACKNOWLEDGE), advice=AGAIN)
LOST: Final = Kind(name="article lost", mend=runs(LIST_AGAIN), advice="The next crawl fetches it again.")
ENTERED: Final = Kind(name="not in the ledger", mend=_enter, advice=AGAIN)
TAKEN_DOWN: Final = Kind(name="held though taken down", advice=TOMBSTONE_ADVICE)
TOMBSTONE: Final = Kind(name="tombstone lost", mend=runs(SET_TOMBSTONE), advice=AGAIN)
DUE: Final = Kind(name="due though taken down", mend=runs(TAKE_DOWN), advice=AGAIN)
ATTEMPTS: Final = Kind(name="attempts", mend=runs(FROM_NOUGHT), advice=AGAIN)
DAY_COUNT: Final = Kind(name="day's count", mend=_settle, advice=AGAIN)
DAY: Final = Kind(name="day's completeness", mend=_settle, advice=AGAIN)
RUN: Final = Kind(name="run never ended", advice=RUN_ADVICE, note=True)
COUNTS: Final = Kind(name="run's counts", mend=runs(FORGET_COUNTS), advice=AGAIN)

CHECKS: Final = (
    asks(STATE, NO_STATE, "the ledger says that it is «{}», which is no state"),
    asks(LOST, NOTHING_HELD, "the ledger says that it is held, and there is no such article"),
    asks(ENTERED, NOT_LISTED, "it is held, and the ledger does not know it"),
    asks(STATE, UNACKNOWLEDGED, "it is held, and the ledger says that it is {}"),
    asks(TAKEN_DOWN, HELD_THOUGH_TAKEN_DOWN, "it was taken down, and is held"),
    asks(TOMBSTONE, NO_TOMBSTONE, "the ledger says that it was taken down, and it has no tombstone"),
    asks(DUE, STILL_DUE, "it has a tombstone, and the ledger says that it is {}"),
    asks(ATTEMPTS, NEGATIVE, "the ledger counts {} attempts"),
    asks(DAY_COUNT, MISCOUNTED, "{} says that it listed {}, the ledger has {}"),
    asks(DAY, STILL_OPEN, "{} counts as complete, and some of its rows are still open"),
    asks(DAY, NO_FLAG, "the completeness of {} is {}, neither 0 nor 1"),
    asks(DAY, NEVER_WALKED, "{} counts as complete, and was never walked"),
    asks(DAY, NOT_OVER, "{} counts as complete, and is not over yet"),
    asks(RUN, NEVER_ENDED, "run {}, begun {}, never ended: it was killed, or goes on"),
    asks(COUNTS, COUNTS_BROKEN, "the counts of run {} are no JSON object"),
)
