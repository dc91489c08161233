"""The agency's runs as the archive has them, for the judging; and the two things that are written beside them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bayegan.health.measures import measures
from bayegan.health.past import ENDED_EARLY, Record
from bayegan.health.thresholds import MOST_RUNS
from crawler.dates import from_utc_text

if TYPE_CHECKING:
    import sqlite3

    from bayegan.archive.writer import Writer

RUNS: Final = """
    SELECT id, started, exit_code, window IS NULL, iif(json_valid(counts), counts, NULL) FROM runs
    WHERE agency = :agency AND (:before IS NULL OR id < :before)
    ORDER BY started DESC, id DESC LIMIT :most
"""
AGENCIES: Final = "SELECT DISTINCT agency FROM runs ORDER BY agency"
SAY: Final = "UPDATE runs SET counts = json_set(coalesce(counts, '{}'), '$.' || :word, 1) WHERE id = :id"
# What was kept apart, or refused for whatever reason, by runs that missed a field.
APART: Final = """
    SELECT count(*) FROM ledger WHERE agency = :agency AND state = 'refused'
    AND run_id IN (SELECT id FROM runs
        WHERE agency = :agency AND exit_code <> 0 AND iif(json_valid(counts), json_extract(counts, '$.wrong'), 0))
"""
LIST_AGAIN: Final = """
    UPDATE ledger SET state = 'listed', error = NULL WHERE agency = :agency AND state = 'refused'
    AND run_id IN (SELECT id FROM runs
        WHERE agency = :agency AND exit_code <> 0 AND iif(json_valid(counts), json_extract(counts, '$.wrong'), 0))
"""


def records(conn: sqlite3.Connection, agency: str, before: int | None = None) -> list[Record]:
    """The agency's runs, those ``before`` the run of this id, the newest first."""
    asked = {"agency": agency, "before": before, "most": MOST_RUNS}
    return [
        Record(
            id=number,
            started=from_utc_text(started),
            exit=ENDED_EARLY if code is None else code,
            plain=bool(plain),
            measures=measures(json.loads(counts or "{}")),
        )
        for number, started, code, plain, counts in conn.execute(RUNS, asked).fetchall()
    ]


def agencies(conn: sqlite3.Connection) -> list[str]:
    """Who was ever crawled into this archive."""
    return [name for (name,) in conn.execute(AGENCIES)]


def apart(conn: sqlite3.Connection, agency: str) -> int:
    """How many readings of broken runs are kept apart."""
    return int(conn.execute(APART, {"agency": agency}).fetchone()[0])


def list_again(writer: Writer, agency: str) -> int:
    """Have what was kept apart fetched by the next run; the answer is how much that is."""
    with writer.transaction() as conn:
        return conn.execute(LIST_AGAIN, {"agency": agency}).rowcount


def accept(writer: Writer, run: int) -> None:
    """Say of a run that somebody has looked: this is how the agency is from now on."""
    _say(writer, run, "accepted")


def untold(writer: Writer, run: int) -> None:
    """Say of a run that its alert reached nobody."""
    _say(writer, run, "untold")


def _say(writer: Writer, run: int, word: str) -> None:
    with writer.transaction() as conn:
        conn.execute(SAY, {"id": run, "word": word})
