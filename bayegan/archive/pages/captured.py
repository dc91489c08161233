"""Which captures of files the archive knows already, so that an import begun anew soon stands where it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.dates import utc_text

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from bayegan.archive.reading import Key

HOLDS: Final = """
    SELECT 1 FROM pages
    WHERE url = :url AND sha256 = :sha256 AND (fetched_at = :at OR EXISTS (
        SELECT 1 FROM articles WHERE page_id = pages.id AND :at BETWEEN first_seen AND last_seen))
"""
KNOWS: Final = """
    SELECT 1 FROM articles
    WHERE agency = :agency AND news_code = :code AND :seen BETWEEN first_seen AND last_seen AND (
        content_hash = :hash
        OR EXISTS (SELECT 1 FROM revisions WHERE article_id = articles.id AND revisions.content_hash = :hash))
"""


def holds(conn: sqlite3.Connection, url: str, sha256: str, at: datetime) -> bool:
    """Whether a capture is kept: these bytes, from this address, at this moment or at others before and after it."""
    return conn.execute(HOLDS, {"url": url, "sha256": sha256, "at": utc_text(at)}).fetchone() is not None


def knows(conn: sqlite3.Connection, key: Key, content_hash: str, seen: datetime) -> bool:
    """Whether a capture says nothing new: the same text, at a time between those at which the article was seen."""
    asked = {"agency": key[0], "code": key[1], "hash": content_hash, "seen": utc_text(seen)}
    return conn.execute(KNOWS, asked).fetchone() is not None
