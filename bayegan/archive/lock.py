"""Kernel locks, released when their process dies.

One run at a time for each agency, one that rewrites the file, and one writer that is the next to write.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from crawler.errors import AgencyBusyError, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock

POLL: Final = 0.01  # seconds between two looks at a lock that another process holds
NOWHERE: Final = "Nothing can be written beside {archive} ({reason}): choose another folder."


@contextmanager
def agency_lock(archive: Path, agency: str) -> Iterator[None]:
    """Hold the agency of this archive; raises AgencyBusyError at once where another process holds it."""
    lock = FileLock(archive.with_name(f".{archive.name}.{agency}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise AgencyBusyError(f"Another run holds {agency} in {archive}: wait for it to end, then try again.") from None
    except OSError as error:
        raise ArchiveError(NOWHERE.format(archive=archive, reason=error.strerror)) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def next_turn(archive: Path, seconds: float) -> Iterator[None]:
    """Hold while waiting for the archive to be free: whoever has just written it comes after those who wait.

    SQLite gives a file to whoever asks at the right moment: a process that writes without a pause would starve all
    others. Where the turn does not come in so many ``seconds``, it is gone without.
    """
    lock = FileLock(archive.with_name(f".{archive.name}.turn.lock"))
    with ExitStack() as held:
        try:
            held.enter_context(lock.acquire(timeout=seconds, poll_interval=POLL))
        except Timeout:
            pass
        except OSError as error:
            raise ArchiveError(NOWHERE.format(archive=archive, reason=error.strerror)) from error
        yield


@contextmanager
def rewriting(archive: Path) -> Iterator[None]:
    """Hold while the whole file is written anew; another process that does so is waited for."""
    try:
        lock = _rewriting(archive).acquire()
    except OSError as error:
        raise ArchiveError(NOWHERE.format(archive=archive, reason=error.strerror)) from error
    with lock:
        yield


def was_rewritten(archive: Path) -> bool:
    """Wait for a process that writes the whole file anew, however long it takes; False where there is none."""
    try:
        with _rewriting(archive).acquire(timeout=0):
            return False
    except Timeout:
        with _rewriting(archive).acquire():
            return True


def _rewriting(archive: Path) -> BaseFileLock:
    return FileLock(archive.with_name(f".{archive.name}.rewriting.lock"))
