"""The one who writes the archive: opens or creates the file, brings it up to date, and gives transactions."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from bayegan.archive import header, index, schema
from bayegan.archive.copies import copying
from bayegan.archive.faults import FOREIGN, NEWER, PRIMARY_CODE, READ_ONLY, reached, told
from bayegan.archive.lock import next_turn, rewriting, was_rewritten
from bayegan.archive.migrations import STEPS
from bayegan.archive.sqlite_tools import Database, Migrations
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

DEFAULT_FOLDER: Final = Path("data")

# WAL with synchronous=NORMAL: a killed process loses nothing, a power cut at most the last transactions, whole.
PRAGMAS: Final = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA cache_size = -16384",
)
BEGIN: Final = "BEGIN IMMEDIATE"
TABLES: Final = "SELECT count(*) FROM sqlite_master"


class Writer:
    """A connection that may write; a context manager.

    ``path`` is created where it does not exist (its folder must, but for the default ``data/``). Another process
    that writes is waited for, ``busy_seconds`` long; one that goes through the whole file (:meth:`alone`), to its end.
    Raises ArchiveError, in one sentence, for a file that cannot be opened, is no archive, or was written by a newer
    bayegan.
    """

    def __init__(self, path: Path, *, busy_seconds: float = 10.0) -> None:
        self.path = path
        self._alone = False
        self._busy_seconds = busy_seconds
        self.conn = _connect(path, busy_seconds)
        try:
            with told(path):
                _refuse_foreign(self.conn, path)
                for pragma in PRAGMAS:
                    self.conn.execute(pragma)
                self.db = Database(self.conn, execute_plugins=False)
                self._bring_up_to_date()
        except BaseException:
            self.conn.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self.conn.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing: BEGIN IMMEDIATE to COMMIT, or ROLLBACK with any error; inside another one, a savepoint."""
        with told(self.path):
            if self.conn.in_transaction:
                with self.db.atomic():
                    yield self.conn
                return
            self._begin()
            try:
                yield self.conn
                self.conn.execute("COMMIT")
            except BaseException:
                self.db.rollback()
                raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """For what goes through the whole file: who else writes waits for its end, however long it takes."""
        with rewriting(self.path):
            self._alone = True
            try:
                yield
            finally:
                self._alone = False

    def _begin(self) -> None:
        try:
            self._begin_in_turn()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & PRIMARY_CODE == sqlite3.SQLITE_BUSY
            if self._alone or not busy or not was_rewritten(self.path):
                raise
            self._begin_in_turn()

    def _begin_in_turn(self) -> None:
        with next_turn(self.path, self._busy_seconds):
            self.conn.execute(BEGIN)

    def _bring_up_to_date(self) -> None:
        if self._is_up_to_date():
            return
        with self.alone(), self.transaction():  # looked at again inside it: another writer may have been faster
            _migrations().apply(self.db)
            if schema.fold_of(self.conn) != header.FOLD_VERSION:
                index.rebuild(self.conn)
                self.conn.execute(schema.SET_FOLD)
            if not copying.is_current(self.conn):
                copying.rebuild(self.conn)

    def _is_up_to_date(self) -> bool:
        if schema.pending(self.conn) or schema.fold_of(self.conn) != header.FOLD_VERSION:
            return False
        return copying.is_current(self.conn)


def _connect(path: Path, busy_seconds: float) -> sqlite3.Connection:
    with reached(path):
        _refuse_unwritable(path)
    with told(path):
        return sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)


def _refuse_unwritable(path: Path) -> None:
    if path.parent == DEFAULT_FOLDER:
        path.parent.mkdir(exist_ok=True)
    if not path.parent.is_dir():
        raise ArchiveError(f"The folder {path.parent} does not exist: make it, or name another file with --archive.")
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder: name a file with --archive.")
    if path.exists() and not os.access(path, os.W_OK):  # SQLite would open it and complain at the first write
        raise ArchiveError(READ_ONLY.format(path=path))


def _refuse_foreign(conn: sqlite3.Connection, path: Path) -> None:
    """Leave every file alone that is neither empty nor an archive that this bayegan knows."""
    ours = schema.is_archive(conn)
    if not ours and conn.execute(TABLES).fetchone() != (0,):
        raise ArchiveError(FOREIGN.format(path=path))
    if ours and (unknown := schema.unknown(conn)):
        raise ArchiveError(NEWER.format(path=path, names=", ".join(unknown)))


def _migrations() -> Migrations:
    steps = Migrations(schema.MIGRATION_SET)
    for name, step in STEPS:
        steps(name=name)(step)
    return steps
