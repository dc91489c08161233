"""What keeps an archive quick and small over the years: index, log and free room; never in a crawl's way for long."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from bayegan.archive.faults import told
from bayegan.archive.lock import agency_lock
from bayegan.archive.writer import Writer
from bayegan.verify.looking import opened
from crawler.errors import AgencyBusyError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Report = Callable[[str, int, int], None]  # what is being done, how much of it, of how much

# A search asks every segment of the index. Measured on 200,000 articles: the newest twenty of 14 segments in 0.11 ms,
# of one in 0.03. They are merged some pages at a time: whoever else writes comes in between. Statistics (ANALYZE) stay
# away: what is asked of an archive is written for a planner without them, and goes the same way in every archive.
SEGMENTS: Final = "SELECT count(DISTINCT segid) FROM articles_fts_idx"
MANY_SEGMENTS: Final = 8
BEGIN_MERGE: Final = "INSERT INTO articles_fts (articles_fts, rank) VALUES ('merge', -100)"  # all into one, at last
MERGE: Final = "INSERT INTO articles_fts (articles_fts, rank) VALUES ('merge', 100)"
NOTHING_DONE: Final = 2  # a merge changes fewer rows than that when there is nothing to merge any more (FTS5's manual)

# The log goes back into the file without anybody waiting; then, if nobody reads or writes just now, it is cut off.
PASSIVE: Final = "PRAGMA wal_checkpoint(PASSIVE)"
TRUNCATE: Final = "PRAGMA wal_checkpoint(TRUNCATE)"
SHORTLY: Final = "PRAGMA busy_timeout = 300"  # milliseconds that a crawl would stand still

# The file is written anew where a quarter of it is free, and that is more than a crawl fills in a day or two.
FREE_SHARE: Final = 0.25
FREE_BYTES: Final = 64_000_000
VACUUM: Final = "VACUUM"
ROOM: Final = 2.2  # times what stays: SQLite writes it down twice before it is in its place
PAGES: Final = """
    SELECT page_count * page_size, freelist_count * page_size
    FROM pragma_page_count, pragma_page_size, pragma_freelist_count
"""
AGENCIES: Final = "SELECT name FROM agencies ORDER BY name"

LOG_READ: Final = "The log keeps its size ({bytes:,} bytes), since another program reads or writes just now."
FREE: Final = "{free:,} bytes are free in the file, and it is not written anew, since "
CRAWLED: Final = FREE + "{agency} is being crawled: try again when no crawl runs."
NO_ROOM: Final = FREE + "that takes {needed:,} bytes beside it: make room on the disk."


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintained:
    """What was done. ``size`` and ``log`` are bytes, ``segments`` those of the search index, before and after.

    ``put_off`` says, a sentence each, what was worth doing and could not be done now.
    """

    path: Path
    size: tuple[int, int]
    log: tuple[int, int]
    segments: tuple[int, int]
    vacuumed: bool
    put_off: tuple[str, ...]
    seconds: float


def maintain(
    path: Path,
    *,
    many_segments: int = MANY_SEGMENTS,
    free_bytes: int = FREE_BYTES,
    patience: float = 10.0,
    report: Report = lambda what, done, total: None,  # noqa: ARG005 -- nobody looks on
) -> Maintained:
    """Merge the search index, put the log back into the file, and write the file anew where that is worth it.

    Safe beside a crawl, which waits for a fraction of a second at a time. The index is merged where it has more than
    ``many_segments``. Only while no crawl runs is the file written anew, and only where a quarter of it, and
    ``free_bytes``, are free: a crawl that begins meanwhile waits for the end.
    Raises ArchiveError for a file that is missing or no archive, and for one that another process writes for longer
    than ``patience`` seconds at a stretch: then nothing is lost, and the next time does what this one did not.
    """
    begun = monotonic()
    with opened(path):
        before = _size(path), _log(path)
    put_off: list[str] = []
    with Writer(path, busy_seconds=patience) as writer, told(path):
        segments = _merge(writer, many_segments, report)
        vacuumed = _vacuum(writer, free_bytes, put_off, report)
        _checkpoint(writer.conn, path, put_off, report)
        after = _size(path), _log(path)
    return Maintained(
        path=path,
        size=(before[0], after[0]),
        log=(before[1], after[1]),
        segments=segments,
        vacuumed=vacuumed,
        put_off=tuple(put_off),
        seconds=round(monotonic() - begun, 3),
    )


def _merge(writer: Writer, many: int, report: Report) -> tuple[int, int]:
    """The segments of the index, before and after; each step is a transaction of its own."""
    before, steps = _segments(writer), 0
    if before <= many:
        return before, before
    statement = BEGIN_MERGE
    while _merged_some(writer, statement):
        statement, steps = MERGE, steps + 1
        report("index", steps, 0)
    return before, _segments(writer)


def _segments(writer: Writer) -> int:
    return int(writer.conn.execute(SEGMENTS).fetchone()[0])


def _merged_some(writer: Writer, statement: str) -> bool:
    before = writer.conn.total_changes
    with writer.transaction() as conn:
        conn.execute(statement)
    return writer.conn.total_changes - before >= NOTHING_DONE


def _vacuum(writer: Writer, free_bytes: int, put_off: list[str], report: Report) -> bool:
    size, free = writer.conn.execute(PAGES).fetchone()
    if free < max(free_bytes, size * FREE_SHARE):
        return False
    if obstacle := next(_obstacles(writer, size, free), None):
        put_off.append(obstacle)
        return False
    report("file", 0, 0)
    with writer.alone():
        writer.conn.execute(VACUUM)
    return True


def _obstacles(writer: Writer, size: int, free: int) -> Iterator[str]:
    """Why the file is not to be written anew now."""
    for (agency,) in writer.conn.execute(AGENCIES):
        if _is_crawled(writer.path, agency):
            yield CRAWLED.format(free=free, agency=agency)
    needed = int((size - free) * ROOM)
    if shutil.disk_usage(writer.path.parent).free < needed:
        yield NO_ROOM.format(free=free, needed=needed)


def _is_crawled(path: Path, agency: str) -> bool:
    """Its lock is held no longer than it takes to see: a crawl that begins at this moment must not be turned away."""
    try:
        with agency_lock(path, agency):
            return False
    except AgencyBusyError:
        return True


def _checkpoint(conn: sqlite3.Connection, path: Path, put_off: list[str], report: Report) -> None:
    report("log", 0, 0)
    conn.execute(PASSIVE)
    conn.execute(SHORTLY)
    busy, *_ = conn.execute(TRUNCATE).fetchone()
    if busy:
        put_off.append(LOG_READ.format(bytes=_log(path)))


def _size(path: Path) -> int:
    return path.stat().st_size


def _log(path: Path) -> int:
    with suppress(FileNotFoundError):
        return path.with_name(f"{path.name}-wal").stat().st_size
    return 0
