"""The one who reads the archive: never writes, never migrates, needs nothing but the standard library's sqlite3."""

from __future__ import annotations

from contextlib import closing, contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self, Unpack

from bayegan.archive import opening, telling
from bayegan.archive.copies.telling import copies_of
from bayegan.archive.faults import MISSING, reached, told
from bayegan.archive.finding import answers, fetching, selecting
from bayegan.archive.finding.answers import Hits
from bayegan.archive.pages import packing
from bayegan.archive.pages.kept import KeptPages
from bayegan.search import Asked, asked
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    import os
    import sqlite3
    from collections.abc import Iterator
    from datetime import date
    from types import TracebackType

    from sqlite_utils import Database

    from bayegan.archive.copies.telling import Copy
    from bayegan.archive.finding.facets import Facets
    from bayegan.archive.finding.snippets import Mark
    from bayegan.archive.rows import ArticleRow, CoverageRow, Hit, RevisionRow, RunRow, Stats
    from bayegan.attention.periods import By, Calendar
    from bayegan.attention.trending import Period
    from bayegan.attention.wording import Against, Word
    from bayegan.search import Filter
    from crawler.items import Page

BATCH: Final = 500
MARK: Final = ("«", "»")
ARTICLE_ID: Final = "SELECT id FROM articles WHERE agency = ? AND news_code = ?"
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
            self._address = opening.address(path)
        with told(path):
            self._conn = opening.connect(self._address)
        try:
            with told(path):
                opening.refuse_unreadable(self._conn, path)
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
        from bayegan.archive.sqlite_tools import Database  # noqa: PLC0415 -- a third of a second

        return Database(self._conn)

    def search(self, query: str = "", *, mark: Mark = MARK, **given: Unpack[Asked]) -> Hits:
        """Find the articles that hold every word and "phrase" of the query, the newest first, 20 if not told.

        Given are ``agency``, ``since``, ``until``, ``tag``, ``section``, ``sort``, ``limit``, ``distinct`` and
        ``after``, the ``next`` of the page before. Title and snippet of a hit are as published, the matches between
        the two of ``mark``. ``sort="relevance"`` weighs the 2,000 newest hits.
        """
        return self.find(asked(query, {"limit": 20, **given}), mark=mark)

    def find(self, filters: Filter, *, mark: Mark = MARK) -> Hits:
        """Search by a filter."""
        with told(self.path):
            return Hits(self, filters, *answers.page(self._conn, filters, mark))

    def facets(self, filters: Filter, limit: int = 20) -> Facets:
        """Count the articles of a filter by agency, section and tag, the commonest of each, and by Jalali month."""
        from bayegan.archive.finding.facets import facets  # noqa: PLC0415 -- only for who asks for it

        with self.snapshot() as conn:
            return facets(conn, filters, limit)

    def similar(
        self, agency: str, news_code: str, /, query: str = "", *, mark: Mark = MARK, **given: Unpack[Asked]
    ) -> list[Hit]:
        """Find articles like one, the likest first, 20 if not told; [] where it is not held or has no like.

        What else is given narrows them as it does in :meth:`search`; its most telling words are marked in them.
        """
        return self.alike(agency, news_code, asked(query, {"limit": 20, **given}), mark=mark)

    def alike(self, agency: str, news_code: str, filters: Filter, *, mark: Mark = MARK) -> list[Hit]:
        """Find articles like one by a filter."""
        from bayegan.archive.finding.similar import similar  # noqa: PLC0415 -- only for who asks for it

        with told(self.path):
            return similar(self._conn, (agency, news_code), filters, mark)

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
        with told(self.path), closing(opening.connect(self._address)) as conn:
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

    def copies(self, agency: str, news_code: str) -> list[Copy]:
        """List the articles that share text with this one, the earliest first, however they were edited; [] for none.

        Of each, when it was published, how much of either stands in the other, and whom it names as its source.
        """
        with told(self.path):
            return copies_of(self._conn, (agency, news_code))

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
        return None if row is None else packing.unpack(*row)

    def coverage(
        self, agency: str | None = None, *, since: date | str | None = None, until: date | str | None = None
    ) -> list[CoverageRow]:
        """Compare what was listed with what is held, by agency and day (the listing's day)."""
        window = asked("", {"agency": agency, "since": since, "until": until})
        with told(self.path):
            return telling.coverage(self._conn, window)

    def trend(
        self,
        query: str = "",
        *,
        by: By = "month",
        calendar: Calendar = "jalali",
        every_day: bool = False,
        **given: Unpack[Asked],
    ) -> list[Period]:
        """Count what :meth:`search` would find by day, week or month, and its share, on the days known whole.

        :mod:`bayegan.attention.trending` says which these are; ``every_day`` counts all that hold an article.
        """
        from bayegan.attention.trending import trend  # noqa: PLC0415 -- only for who asks for it

        with self.snapshot() as conn:
            return trend(conn, asked(query, given), by=by, calendar=calendar, every_day=every_day)

    def words(
        self, query: str = "", *, against: Against | None = None, most: int = 20, least: int = 3, **given: Unpack[Asked]
    ) -> list[Word]:
        """Find the words that set these articles apart: from those of ``against``, or else from all others.

        ``against`` is what differs, such as ``{"agency": "isna"}``. The ``most`` words of this side come first,
        then those of the other (``log_ratio`` below 0), of those in ``least`` articles or more. What is counted
        and how: :mod:`bayegan.attention.wording`.
        """
        from bayegan.attention import wording  # noqa: PLC0415 -- only for who asks for it

        sides = wording.sides(query, given, against or {})
        with self.snapshot() as conn:
            return list(wording.compare(conn, *sides, most=most, least=least).words)

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
