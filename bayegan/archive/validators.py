"""What a site said of its listings and pages (ETag, Last-Modified), with which they are asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

    from crawler.items import Link

# A held article counts as one attempt when it is read; each time that it was not read again adds one.
TRUSTED_ATTEMPTS: Final = 4  # so that three answers 304 in a row are believed, and then the page itself is asked for

OF_LISTING: Final = "SELECT etag, last_modified FROM listings WHERE url = ?"
# What a page said of itself holds for its own address alone: an article that moved is asked for without.
OF_PAGE: Final = """
    SELECT pages.etag, pages.last_modified
    FROM ledger JOIN articles USING (agency, news_code) JOIN pages ON pages.id = articles.page_id
    WHERE ledger.agency = :agency AND ledger.news_code = :news_code AND ledger.state = 'held'
        AND ledger.attempts < :trusted AND pages.url = :url
"""
VALIDATE: Final = """
    INSERT INTO listings (url, etag, last_modified) VALUES (?, ?, ?)
    ON CONFLICT (url) DO UPDATE SET etag = excluded.etag, last_modified = excluded.last_modified
"""


def of_listing(conn: sqlite3.Connection, url: str) -> tuple[str | None, str | None]:
    """(etag, last_modified) of a listing as it was last read to the end."""
    found = conn.execute(OF_LISTING, (url,)).fetchone()
    return (found[0], found[1]) if found else (None, None)


def of_page(conn: sqlite3.Connection, agency: str, link: Link) -> tuple[str | None, str | None]:
    """(etag, last_modified) of a held article's page; neither, where a 304 would not be believed."""
    asked = {"agency": agency, "news_code": link.news_code, "url": link.url, "trusted": TRUSTED_ATTEMPTS}
    found = conn.execute(OF_PAGE, asked).fetchone()
    return (found[0], found[1]) if found else (None, None)
