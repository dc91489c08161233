"""One run at a time for each agency of an archive: a kernel lock, released when its process dies."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from crawler.errors import AgencyBusyError, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def agency_lock(archive: Path, agency: str) -> Iterator[None]:
    """Hold the agency of this archive; raises AgencyBusyError at once where another process holds it."""
    lock = FileLock(archive.with_name(f".{archive.name}.{agency}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise AgencyBusyError(f"Another run holds {agency} in {archive}: wait for it to end, then try again.") from None
    except OSError as error:
        raise ArchiveError(
            f"Nothing can be written beside {archive} ({error.strerror}): choose another folder."
        ) from error
    try:
        yield
    finally:
        lock.release()
