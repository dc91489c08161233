"""An article taken down: removed from everything the archive holds, and a tombstone, so that it does not come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bayegan.archive import burying
from bayegan.archive.faults import told
from bayegan.archive.lock import agency_lock
from crawler.dates import utc_text
from crawler.errors import BayeganError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from bayegan.archive.burying import Removed
    from bayegan.archive.reading import Key
    from bayegan.archive.writer import Writer

KNOWN: Final = """
    SELECT EXISTS (SELECT 1 FROM articles WHERE agency = ?1 AND news_code = ?2)
        OR EXISTS (SELECT 1 FROM ledger WHERE agency = ?1 AND news_code = ?2)
        OR EXISTS (SELECT 1 FROM tombstones WHERE agency = ?1 AND news_code = ?2)
"""
BURIED: Final = 'SELECT "when" FROM tombstones WHERE agency = ? AND news_code = ?'
TOMBSTONE: Final = """
    INSERT INTO tombstones (agency, news_code, "when", why) VALUES (?, ?, ?, ?)
    ON CONFLICT (agency, news_code) DO UPDATE SET why = coalesce(excluded.why, why)
"""


class UnknownArticleError(BayeganError):
    """The archive neither holds the article nor ever saw it listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of an article. ``held``: there was something to remove; ``before``: since when a tombstone stood.

    ``twins`` are articles, as (agency, news code), that say the same word for word, and stay.
    """

    agency: str
    news_code: str
    held: bool = False
    before: str | None = None
    revisions: int = 0
    pages: int = 0
    twins: tuple[Key, ...] = ()


def now() -> datetime:
    return datetime.now(UTC)


def take_down(writer: Writer, key: Key, *, why: str | None = None, clock: Callable[[], datetime] = now) -> Taken:
    """Remove an article everywhere in the archive and leave a tombstone; done again, what was left undone is done.

    The tombstone and the removal are one transaction. After it the whole file is written anew, so that no byte of
    the article is left in it; whoever was interrupted there calls this again. An article that was listed and is not
    held gets its tombstone too. Raises UnknownArticleError, AgencyBusyError while a run holds the agency,
    ArchiveError where the file cannot be written anew.
    """
    with told(writer.path):
        _refuse_unknown(writer.conn, key)
    with agency_lock(writer.path, key[0]):
        with writer.transaction() as conn:
            before = conn.execute(BURIED, key).fetchone()
            conn.execute(TOMBSTONE, (*key, utc_text(clock()), why))
            removed = burying.remove(conn, key)
        burying.wipe(writer)
    return _taken(key, removed, before[0] if before else None)


def _refuse_unknown(conn: sqlite3.Connection, key: Key) -> None:
    if conn.execute(KNOWN, key).fetchone() == (0,):
        raise UnknownArticleError(f"The archive knows no article {'/'.join(key)}: `bayegan search` finds those it has.")


def _taken(key: Key, removed: Removed | None, before: str | None) -> Taken:
    agency, code = key
    if removed is None:
        return Taken(agency=agency, news_code=code, before=before)
    return Taken(agency=agency, news_code=code, held=True, before=before, **removed._asdict())
