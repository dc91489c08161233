"""Which schema a file has, and whether this bayegan knows it.

The schema's version is the list of migrations that a file has been through, as sqlite-utils records them in
``_sqlite_migrations``. Two numbers in the file's header say the rest: ``PRAGMA application_id`` tells an archive from
any other SQLite file, and ``PRAGMA user_version`` is the version of the fold (``crawler.text.fold``) that the search
index was fed with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.header import APPLICATION_ID, FOLD_VERSION
from bayegan.archive.migrations import STEPS

if TYPE_CHECKING:
    import sqlite3

MIGRATION_SET: Final = "bayegan"
KNOWN: Final = tuple(name for name, _ in STEPS)

APPLIED: Final = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid"
MIGRATED: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_sqlite_migrations'"
SET_FOLD: Final = f"PRAGMA user_version = {FOLD_VERSION}"


def is_archive(conn: sqlite3.Connection) -> bool:
    return bool(conn.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,))


def fold_of(conn: sqlite3.Connection) -> int:
    """The version of the fold that the search index was fed with."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def applied(conn: sqlite3.Connection) -> tuple[str, ...]:
    """Names of the migrations that the file has been through; () for an empty or foreign file."""
    if conn.execute(MIGRATED).fetchone() is None:
        return ()
    return tuple(name for (name,) in conn.execute(APPLIED, (MIGRATION_SET,)))


def unknown(conn: sqlite3.Connection) -> tuple[str, ...]:
    """What a newer bayegan did to the file and this one does not know: migrations, or a newer fold."""
    steps = tuple(name for name in applied(conn) if name not in KNOWN)
    return (*steps, "search index") if fold_of(conn) > FOLD_VERSION else steps


def pending(conn: sqlite3.Connection) -> tuple[str, ...]:
    """Migrations that the file still needs."""
    done = applied(conn)
    return tuple(name for name in KNOWN if name not in done)
