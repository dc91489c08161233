"""The one who reads the archive: never writes, never migrates, needs nothing but the standard library's sqlite3."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, Unpack
from urllib.parse import quote

from bayegan.archive import fetching, header, pages, schema, selecting, telling
from bayegan.archive.faults import FOREIGN, MISSING, NEWER, OLDER, reached, told
from bayegan.archive.kept import KeptPages
from bayegan.search import Asked, asked
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from types import TracebackType

    from sqlite_utils import Database

    from bayegan.archive.rows import ArticleRow, CoverageRow, Hit, RevisionRow, RunRow, Stats
    from bayegan.search import Filter
    from crawler.items import Page

BATCH: Final = 500
BUSY_SECONDS: Final = 10.0
MARK: Final = ("«", "»")
ARTICLE_ID: Final = "SELECT id FROM articles WHERE agency = ? AND news_code = ?"
TABLES: Final = "SELECT count(*) FROM sqlite_master"
GONE: Final = "SELECT 1 FROM ledger WHERE agency = ? AND news_code = ? AND state = 'gone'"
PAGE: Final = """
    SELECT pages.body, dictionaries.body FROM articles
    JOIN pages ON pages.id = articles.page_id
    LEFT JOIN dictionaries ON dictionaries.id = pages.dictionary_id
    WHERE articles.agency = ? AND articles.news_code = ?
"""


class Archive:
    """A read-only archive; a context manager. A crawl may write meanwhile, and is never held up.

    Days (``since``, ``until``) are dates, or written ones in either calendar (``"1399-09-17"``); both are
    inclusive, and mean the day of publication on Tehran's clock. Raises ArchiveError, in one sentence, for a file
    that is missing, no archive, or of another version than this bayegan's.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with reached(path):
            if not path.is_file():
                raise ArchiveError(MISSING.format(path=path))
            self._address = address(path)
        with told(path):
            self._conn = _connect(self._address)
        try:
            with told(path):
                _refuse_unreadable(self._conn, path)
        except BaseException:
            self._conn.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._conn.close()

    @cached_property
    def db(self) -> Database:
        """The archive as sqlite-utils sees it, read-only like the rest."""
        from sqlite_utils import Database  # noqa: PLC0415 -- a third of a second that other readers do without

        return Database(self._conn)

    def search(self, query: str = "", *, mark: tuple[str, str] = MARK, **given: Unpack[Asked]) -> list[Hit]:
        """Find the articles that hold every word and "phrase" of the query, the newest first, 20 if not told.

        Given are ``agency``, ``since``, ``until``, ``tag``, ``section``, ``sort`` and ``limit``. Title and
        snippet of a hit are as published, the matches between the two of ``mark``. ``sort="relevance"`` weighs
        the 2,000 newest hits.
        """
        return self.find(asked(query, {"limit": 20, **given}), mark=mark)

    def find(self, filters: Filter, *, mark: tuple[str, str] = MARK) -> list[Hit]:
        """Search by a filter."""
        with told(self.path):
            return fetching.hits(self._conn, list(selecting.ids(self._conn, filters)), filters.match, mark)

    def articles(self, query: str = "", **given: Unpack[Asked]) -> Iterator[ArticleRow]:
        """Go through all articles that :meth:`search` would find, as the archive is now, a batch in memory."""
        return self.select(asked(query, given))

    def select(self, filters: Filter) -> Iterator[ArticleRow]:
        """Go through the articles of a filter, a batch of 500 in memory.

        What a crawl writes meanwhile is not seen: the connection is the iterator's own, and one transaction.
        """
        with self.snapshot() as conn:
            ids = selecting.ids(conn, filters)
            while batch := list(islice(ids, BATCH)):
                yield from fetching.article_rows(conn, batch)

    def pages(self, filters: Filter) -> Iterator[list[Page]]:
        """Go through the same articles' pages: of each, those of its earlier readings and its own, [] without any."""
        with self.snapshot() as conn:
            yield from map(KeptPages(conn).of_article, selecting.ids(conn, filters))

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees the archive as it is now, whatever is written meanwhile."""
        with told(self.path), closing(_connect(self._address)) as conn:
            conn.execute("BEGIN")
            yield conn

    def count(self, filters: Filter) -> int:
        """Count the articles of a filter, whatever its limit."""
        with told(self.path):
            return selecting.count(self._conn, filters)

    def article(self, agency: str, news_code: str) -> ArticleRow | None:
        with told(self.path):
            ids = [article_id for (article_id,) in self._conn.execute(ARTICLE_ID, (agency, news_code))]
            return next(iter(fetching.article_rows(self._conn, ids)), None)

    def revisions(self, agency: str, news_code: str) -> list[RevisionRow]:
        """List the earlier readings of an article, the earliest first; [] where it never changed or is not held."""
        with told(self.path):
            return list(fetching.revision_rows(self._conn, agency, news_code))

    def is_gone(self, agency: str, news_code: str) -> bool:
        """Whether its agency had deleted the article when it was last asked for; what is held of it stays."""
        with told(self.path):
            return self._conn.execute(GONE, (agency, news_code)).fetchone() is not None

    def page_bytes(self, agency: str, news_code: str) -> bytes | None:
        """Give the page as it was served; None where the article came without one."""
        with told(self.path):
            row = self._conn.execute(PAGE, (agency, news_code)).fetchone()
        return None if row is None else pages.unpack(*row)

    def coverage(
        self, agency: str | None = None, *, since: date | str | None = None, until: date | str | None = None
    ) -> list[CoverageRow]:
        """Compare what was listed with what is held, by agency and day (the listing's day)."""
        window = asked("", {"agency": agency, "since": since, "until": until})
        with told(self.path):
            return telling.coverage(self._conn, window)

    def runs(self, limit: int = 20) -> list[RunRow]:
        """List the last runs, the newest first."""
        with told(self.path):
            return list(telling.runs(self._conn, limit))

    def stats(self) -> Stats:
        with told(self.path):
            return telling.stats(self._conn)


def open_archive(path: str | os.PathLike[str]) -> Archive:
    """Open an archive for reading.

    Raises ArchiveError, in one sentence, for a file that is missing, no archive, or of another version.
    """
    return Archive(Path(path))


def _connect(address: str) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


def address(path: Path) -> str:
    """A read-only folder lets no -shm file be made: without a log to read, SQLite can do without."""
    log = path.with_name(f"{path.name}-wal")
    logged = log.exists() and log.stat().st_size > 0
    immutable = not logged and not os.access(path.parent, os.W_OK)
    return f"file:{quote(str(path))}?mode=ro{'&immutable=1' if immutable else ''}"


def _refuse_unreadable(conn: sqlite3.Connection, path: Path) -> None:
    conn.execute("PRAGMA query_only = ON")
    if not schema.is_archive(conn):
        empty = conn.execute(TABLES).fetchone() == (0,)
        raise ArchiveError((MISSING if empty else FOREIGN).format(path=path))
    if unknown := schema.unknown(conn):
        raise ArchiveError(NEWER.format(path=path, names=", ".join(unknown)))
    if schema.pending(conn) or schema.fold_of(conn) != header.FOLD_VERSION:
        raise ArchiveError(OLDER.format(path=path))
