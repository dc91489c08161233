"""When a failed page is asked for again, which gaps a crawl set out to heal, and which days are to be counted anew.

With these a run that finds nothing new costs the same whatever the archive holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

STATEMENTS: Final = (
    "ALTER TABLE ledger ADD COLUMN retry_at TEXT",
    "ALTER TABLE days ADD COLUMN tried_at TEXT",
    "ALTER TABLE days ADD COLUMN unsettled INTEGER NOT NULL DEFAULT 1 CHECK (unsettled IN (0, 1))",
    # Whoever writes a row of the ledger (a crawl, an import, a merge, a repair), its day is to be counted anew.
    """
    CREATE TRIGGER ledger_row_came AFTER INSERT ON ledger BEGIN
        UPDATE days SET unsettled = 1 WHERE agency = new.agency AND day = new.day AND NOT unsettled;
    END
    """,
    """
    CREATE TRIGGER ledger_row_changed AFTER UPDATE OF state, day ON ledger
    WHEN new.state IS NOT old.state OR new.day IS NOT old.day BEGIN
        UPDATE days SET unsettled = 1 WHERE agency = new.agency AND day IN (old.day, new.day) AND NOT unsettled;
    END
    """,
    """
    CREATE TRIGGER ledger_row_went AFTER DELETE ON ledger BEGIN
        UPDATE days SET unsettled = 1 WHERE agency = old.agency AND day = old.day AND NOT unsettled;
    END
    """,
    # What was given up is many rows after some years, and never due.
    "DROP INDEX ledger_state",
    "CREATE INDEX ledger_state ON ledger (agency, state, attempts)",
    "CREATE INDEX runs_started ON runs (started)",
)


def what_is_due(db: Database) -> None:
    for statement in STATEMENTS:
        db.conn.execute(statement)
