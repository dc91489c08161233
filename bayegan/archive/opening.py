"""How a reader opens an archive: read-only, and only one that this bayegan knows."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bayegan.archive import header, schema
from bayegan.archive.faults import FOREIGN, MISSING, NEWER, OLDER
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

BUSY_SECONDS: Final = 10.0
TABLES: Final = "SELECT count(*) FROM sqlite_master"


def connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def address(path: Path) -> str:
    """A read-only folder lets no -shm file be made: without a log to read, SQLite can do without."""
    log = path.with_name(f"{path.name}-wal")
    logged = log.exists() and log.stat().st_size > 0
    immutable = not logged and not os.access(path.parent, os.W_OK)
    return f"file:{quote(str(path))}?mode=ro{'&immutable=1' if immutable else ''}"


def refuse_unreadable(conn: sqlite3.Connection, path: Path) -> None:
    conn.execute("PRAGMA query_only = ON")
    if not schema.is_archive(conn):
        empty = conn.execute(TABLES).fetchone() == (0,)
        raise ArchiveError((MISSING if empty else FOREIGN).format(path=path))
    if unknown := schema.unknown(conn):
        raise ArchiveError(NEWER.format(path=path, names=", ".join(unknown)))
    if schema.pending(conn) or schema.fold_of(conn) != header.FOLD_VERSION:
        raise ArchiveError(OLDER.format(path=path))
