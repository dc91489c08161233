"""The pages that the archive keeps, as they were served: one by one, or all those of an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.pages.packing import Unpacking
from crawler.dates import from_utc_text
from crawler.items import Page

if TYPE_CHECKING:
    import sqlite3

SERVED: Final = """
    SELECT url, fetched_at, status, content_type, etag, last_modified, body, dictionary_id FROM pages WHERE id = ?
"""
OF_ARTICLE: Final = """
    SELECT id FROM pages WHERE id IN (
        SELECT page_id FROM articles WHERE id = :id UNION SELECT page_id FROM revisions WHERE article_id = :id)
    ORDER BY fetched_at, id
"""


class KeptPages:
    """The pages of one archive. Raises ArchiveError for one that is damaged."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._unpacking = Unpacking(conn)

    def page(self, page_id: int) -> Page:
        row = self._conn.execute(SERVED, (page_id,)).fetchone()
        url, fetched_at, status, content_type, etag, last_modified, packed, dictionary_id = row
        return Page(
            url=url,
            fetched_at=from_utc_text(fetched_at),
            body=self._unpacking.served(packed, dictionary_id),
            status=status,
            content_type=content_type,
            etag=etag,
            last_modified=last_modified,
        )

    def of_article(self, article_id: int) -> list[Page]:
        """The pages of an article and of its earlier readings, the earliest first."""
        return [self.page(page_id) for (page_id,) in self._conn.execute(OF_ARTICLE, {"id": article_id}).fetchall()]
