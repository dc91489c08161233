"""A copy of an archive that is whole, was looked through, and takes its place only then; old ones make room."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from stat import S_IMODE
from time import monotonic
from typing import TYPE_CHECKING, Final

from bayegan.archive import schema
from bayegan.archive.faults import told
from bayegan.archive.lock import rewriting
from bayegan.archive.opening import address, connect
from bayegan.archive.pages.packing import Unpacking
from bayegan.drafts import ExportError, written_beside
from bayegan.verify.checks import Look
from bayegan.verify.database import CHECKS
from bayegan.verify.looking import opened
from crawler.errors import ArchiveError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Report = Callable[[str, int, int], None]  # what is being done, how much of it, of how much

STEP: Final = 256  # pages of the database, a megabyte: as long as a signal or a bar waits
SAMPLED: Final = 200  # kept pages whose bytes are compared with their sha256
MOMENT: Final = "%Y%m%dT%H%M%SZ"
NAME: Final = "{stem}-{moment}.db"
DATED: Final = r"-\d{8}T\d{6}Z\.db"

# What the copy is written with: it is nobody's until it is renamed, so that a log of its own would be for nothing.
UNGUARDED: Final = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")
LOGS: Final = ("-wal", "-journal")  # what SQLite would play into whichever file stands beside them
ALONE: Final = "PRAGMA journal_mode = DELETE"  # one file, without a log beside it: read-only media hold it as well
COUNTED: Final = ("articles", "pages", "revisions", "ledger", "tombstones", "runs")
COUNTS: Final = """
    SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM pages), (SELECT count(*) FROM revisions),
        (SELECT count(*) FROM ledger), (SELECT count(*) FROM tombstones), (SELECT count(*) FROM runs)
"""
EVENLY: Final = """
    WITH RECURSIVE ends AS (SELECT min(id) AS first, max(id) AS last FROM pages),
        places(place) AS (SELECT 0 UNION ALL SELECT place + 1 FROM places WHERE place + 1 < :sampled)
    SELECT DISTINCT (SELECT min(id) FROM pages WHERE id >= first + (last - first) * place / max(:sampled - 1, 1))
    FROM places, ends WHERE first IS NOT NULL
"""
STUCK: Final = "{file} is made, but {old} could not make room for it ({reason}): remove it yourself."
PAGE: Final = "SELECT url, sha256, dictionary_id, body FROM pages WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was made: its size, what it holds, how many pages were compared; and which ones made room."""

    path: Path
    bytes: int
    articles: int
    pages: int
    compared: int
    seconds: float
    removed: tuple[Path, ...]


def now() -> datetime:
    return datetime.now(UTC)


def back_up(
    archive: Path,
    place: Path,
    *,
    keep: int | None = None,
    clock: Callable[[], datetime] = now,
    report: Report = lambda what, done, total: None,  # noqa: ARG005 -- nobody looks on
) -> BackedUp:
    """Copy an archive as it is at this moment, whoever writes it meanwhile, and look the copy through.

    ``place`` is a file, which is replaced, or a folder that is there, in which the file is named by the moment; with
    ``keep``, the oldest of those make room until so many are left. The copy is written beside its place and put there
    when SQLite finds nothing wrong with it, all tables hold as many rows as the archive did, and a sample of the kept
    pages gives back the bytes that were served.
    Raises UsageError for a place that makes no sense, ArchiveError for an archive that cannot be read or is damaged,
    ExportError where the copy cannot be written: then what was there before is there still.
    """
    begun = monotonic()
    file = _file(archive, place, keep, clock())
    with opened(archive) as source, written_beside(file) as stream:
        draft = Path(stream.name)
        with _undisturbed(archive):
            counts = _copy(source, archive, draft, file, report)
        draft.chmod(S_IMODE(archive.stat().st_mode))
        compared = _look_through(draft, archive, counts, report)
    removed = _make_room(file, archive.stem, keep) if keep else ()
    return BackedUp(
        path=file,
        bytes=file.stat().st_size,
        articles=counts["articles"],
        pages=counts["pages"],
        compared=compared,
        seconds=round(monotonic() - begun, 3),
        removed=tuple(removed),
    )


def _file(archive: Path, place: Path, keep: int | None, at: datetime) -> Path:
    if place.is_dir():
        return place / NAME.format(stem=archive.stem, moment=at.strftime(MOMENT))
    if keep is not None:
        raise UsageError(f"--keep counts the backups of a folder, and {place} is none: make it, or name one that is.")
    real = Path(os.path.realpath(place))
    if real == Path(os.path.realpath(archive)):
        raise UsageError(f"{place} is the archive itself: name another file, or a folder.")
    if any(_holds_something(real.with_name(real.name + end)) for end in LOGS):
        raise UsageError(f"{place} is in use, or was when its writer was killed: name another file, or a folder.")
    if _holds_something(place) and not _is_archive(place):
        raise UsageError(f"{place} is no backup of an archive, and stays as it is: name another file, or a folder.")
    return place


def _holds_something(file: Path) -> bool:
    return file.exists() and file.stat().st_size > 0


def _is_archive(file: Path) -> bool:
    try:
        with closing(connect(address(file))) as conn:
            return schema.is_archive(conn)
    except sqlite3.Error:
        return False


def _undisturbed(archive: Path) -> AbstractContextManager[None]:
    """A takedown ends before the copy begins, or waits for its end: no copy has what is half gone."""
    return rewriting(archive) if os.access(archive.parent, os.W_OK) else nullcontext()


def _copy(source: sqlite3.Connection, archive: Path, draft: Path, file: Path, report: Report) -> dict[str, int]:
    """One moment of the archive into the draft; the answer is how many rows its tables had.

    SQLite begins a copy again whenever somebody writes, which a crawl does all the time; it does not where the
    reading connection holds on to its moment.
    """
    with told(archive):
        source.execute("BEGIN")
        counts = _counts(source)
    with told(file), closing(sqlite3.connect(draft, isolation_level=None)) as copy:
        for pragma in UNGUARDED:
            copy.execute(pragma)
        source.backup(copy, pages=STEP, progress=lambda _, left, total: report("copied", total - left, total))
        copy.execute(ALONE)
    source.execute("ROLLBACK")
    return counts


def _counts(conn: sqlite3.Connection) -> dict[str, int]:
    return dict(zip(COUNTED, conn.execute(COUNTS).fetchone(), strict=True))


def _look_through(draft: Path, archive: Path, counts: dict[str, int], report: Report) -> int:
    """How many pages were compared; raises ArchiveError with the first thing that is wrong."""
    report("checked", 0, 0)
    with told(archive), closing(connect(address(draft))) as conn:
        faults = (finding.what for finding in CHECKS[0].find(Look(conn=conn, now=now())))
        if (fault := next(faults, None)) is not None:
            raise _damaged(archive, fault)
        if (copied := _counts(conn)) != counts:
            raise _damaged(archive, f"it holds {copied} where the archive holds {counts}")
        return _compare(conn, archive, report)


def _compare(conn: sqlite3.Connection, archive: Path, report: Report) -> int:
    sample = [page_id for (page_id,) in conn.execute(EVENLY, {"sampled": SAMPLED})]
    unpacking = Unpacking(conn)
    for done, page_id in enumerate(sample, 1):
        url, digest, dictionary_id, body = conn.execute(PAGE, (page_id,)).fetchone()
        try:
            served = unpacking.served(body, dictionary_id)
        except ArchiveError:
            raise _damaged(archive, f"the page {url} cannot be unpacked") from None
        if sha256(served).hexdigest() != digest:
            raise _damaged(archive, f"the page {url} is not as it was served")
        report("compared", done, len(sample))
    return len(sample)


def _damaged(archive: Path, fault: str) -> ArchiveError:
    return ArchiveError(
        f"The copy of {archive} is not sound, and earlier backups stay ({fault}): "
        f"`bayegan verify --archive {archive}` says whether the archive is."
    )


def _make_room(file: Path, stem: str, keep: int) -> Iterator[Path]:
    """Remove the oldest backups of this archive, as their names say, until ``keep`` are left.

    The one that was just made stays, whatever the clock says: it may have been put back.
    """
    dated = re.compile(re.escape(stem) + DATED)
    others = sorted(one for one in file.parent.iterdir() if dated.fullmatch(one.name) and one != file)
    for old in others[: max(len(others) + 1 - keep, 0)]:
        try:
            old.unlink()
        except OSError as error:
            raise ExportError(STUCK.format(file=file, old=old, reason=error.strerror)) from error
        yield old
