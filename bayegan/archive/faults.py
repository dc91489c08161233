"""What SQLite complains of, told in one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRIMARY_CODE: Final = 0xFF  # SQLite's extended codes keep the plain one in their lowest byte
UNREACHABLE: Final = "{path} cannot be reached ({reason}): check the rights of its folder, or name another file."
READ_ONLY: Final = "{path} cannot be written: it or its folder is read-only."
MISSING: Final = "There is no archive at {path}: crawl first (`bayegan crawl AGENCY`), or name one with --archive."
FOREIGN: Final = "{path} is a database of something else, no Bayegan archive: name another file with --archive."
NEWER: Final = "{path} was written by a newer bayegan ({names}): update this one before you open it."
OLDER: Final = "{path} was written by an older bayegan: `bayegan crawl AGENCY --archive {path}` brings it up to date."

SENTENCES: Final = {
    sqlite3.SQLITE_BUSY: "{path} is locked by another process: wait until it has finished, then try again.",
    sqlite3.SQLITE_LOCKED: "{path} is locked by another process: wait until it has finished, then try again.",
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: "{path} may not be opened: check the rights of the file and its folder.",
    sqlite3.SQLITE_AUTH: "{path} may not be opened: check the rights of the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened: check that its folder exists and may be written.",
    sqlite3.SQLITE_FULL: "The disk is full, nothing was written to {path}: make room, then run the command again.",
    sqlite3.SQLITE_IOERR: (
        "The disk that holds {path} cannot be read or written (a quota, a limit of file sizes, or a fault): "
        "check it, then try again."
    ),
    sqlite3.SQLITE_CORRUPT: "{path} is damaged: check it with `bayegan verify`, or restore it from a copy.",
    sqlite3.SQLITE_NOTADB: "{path} is no SQLite database: name another file with --archive.",
}
OTHERWISE: Final = "{path} could not be used, SQLite says: {error}."


def sentence(path: Path, error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
    return SENTENCES.get(code, OTHERWISE).format(path=path, error=error)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into an ArchiveError; a wrong call of ours stays what it is."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        raise ArchiveError(sentence(path, error)) from error


@contextmanager
def reached(path: Path) -> Iterator[None]:
    """Turn what the file system refuses, before SQLite sees the file, into an ArchiveError."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(UNREACHABLE.format(path=path, reason=error.strerror)) from error
