"""The file itself: SQLite's own checks, the schema, and the fold that the index was fed with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bayegan.archive import header, schema
from bayegan.archive.migrations import STEPS
from bayegan.archive.sqlite_tools import Database
from bayegan.verify.checks import Check, Finding, Kind, named

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from bayegan.verify.checks import Look, Repair

INTEGRITY: Final = "PRAGMA integrity_check"
QUICK: Final = "PRAGMA quick_check"
REINDEX: Final = "REINDEX"
ROW: Final = re.compile(r"row (\d+) missing from index (\w+)")
TABLE: Final = "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND name = ?"
OWNERS: Final = {
    "articles": "SELECT agency, news_code FROM articles NOT INDEXED WHERE id = ?",
    "ledger": "SELECT agency, news_code FROM ledger NOT INDEXED WHERE rowid = ?",
}
OBJECTS: Final = """
    SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite~_%' ESCAPE '~'
"""

Objects = dict[str, tuple[str, str]]  # type and statement by name


def _find_damage(look: Look) -> Iterator[Finding]:
    for (says,) in look.conn.execute(QUICK if look.quick else INTEGRITY):
        # Newer versions of SQLite look into the search index as well; we do so more closely ourselves.
        if says != "ok" and "articles_fts" not in says:
            yield Finding(DAMAGE, _owner(look.conn, says), f"SQLite says: {says}")


def _owner(conn: sqlite3.Connection, says: str) -> str | None:
    """Whose row an index has lost, where it is an article's or the ledger's."""
    found = ROW.search(says)
    table = conn.execute(TABLE, (found[2],)).fetchone() if found else None
    whose = OWNERS.get(table[0]) if table else None
    owner = conn.execute(whose, (int(found[1]),)).fetchone() if found and whose else None
    return named(*owner) if owner else None


def _find_schema(look: Look) -> Iterator[Finding]:
    for name in schema.pending(look.conn):
        yield Finding(MIGRATION, None, f"the step {name} was not applied to it: an older bayegan wrote it")
    if (fold := schema.fold_of(look.conn)) != header.FOLD_VERSION:
        yield Finding(FOLD, None, f"the search index was fed with fold {fold}, and searches with {header.FOLD_VERSION}")
    if not schema.pending(look.conn):
        yield from _find_objects(look.conn)


def _find_objects(conn: sqlite3.Connection) -> Iterator[Finding]:
    """What a new archive has, and this one has not; what somebody added is theirs."""
    held = _objects(conn)
    for name, (kind, statement) in _expected().items():
        if name not in held:
            yield Finding(TABLE_LOST if kind == "table" else OBJECT_LOST, None, f"the {kind} {name} is missing")
        elif _plain(held[name][1]) != _plain(statement):
            yield Finding(ALTERED, None, f"the {kind} {name} is not as bayegan makes it")


def _expected() -> Objects:
    db = Database(memory=True, execute_plugins=False)
    try:
        for _, step in STEPS:
            step(db)
        return _objects(db.conn)
    finally:
        db.close()


def _objects(conn: sqlite3.Connection) -> Objects:
    return {name: (kind, statement) for name, kind, statement in conn.execute(OBJECTS)}


def _plain(statement: str) -> str:
    return " ".join(statement.split())


def _reindex(repair: Repair, _: Iterator[Finding]) -> None:
    repair.conn.execute(REINDEX)


def _make(repair: Repair, _: Iterator[Finding]) -> None:
    held = _objects(repair.conn)
    for name, (kind, statement) in _expected().items():
        if name not in held and kind != "table":
            repair.conn.execute(statement)


def _opened(_: Repair, __: Iterator[Finding]) -> None:
    """Whoever opens an archive for writing brings it up to date."""


COPY: Final = "Restore it from a copy of the archive, or save what can be read with `sqlite3 FILE .recover`."
AGAIN: Final = "Run it again with --repair."
DAMAGE: Final = Kind(name="database", mend=_reindex, advice=COPY)
UNREADABLE: Final = Kind(name="unreadable", advice=COPY)
MIGRATION: Final = Kind(name="migration", mend=_opened, advice=AGAIN)
FOLD: Final = Kind(name="fold", mend=_opened, advice=AGAIN)
TABLE_LOST: Final = Kind(name="table lost", advice=COPY)
OBJECT_LOST: Final = Kind(name="schema", mend=_make, advice=AGAIN)
ALTERED: Final = Kind(name="schema altered", advice="Say who changed it: bayegan makes tables in its own way alone.")

CHECKS: Final = (
    Check(name="database", kinds=(DAMAGE,), find=_find_damage, broken_off=DAMAGE),
    Check(name="schema", kinds=(MIGRATION, FOLD, TABLE_LOST, OBJECT_LOST, ALTERED), find=_find_schema),
)
