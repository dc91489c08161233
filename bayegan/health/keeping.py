"""What the archive is asked and given around a doubtful reading: how the article is held, and the page to look at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bayegan.archive.reading import packed
from bayegan.archive.store import insert_page
from bayegan.health.thresholds import LARGEST_KEPT
from crawler.dates import from_utc_text
from crawler.items import Article

if TYPE_CHECKING:
    import sqlite3

    from bayegan.archive.reading import Key
    from bayegan.archive.writer import Writer
    from crawler.items import Page

HELD: Final = """
    SELECT title, lead, body, kind, reader, published,
        (SELECT json_group_array(tag_id) FROM article_tags WHERE article_id = articles.id)
    FROM articles WHERE agency = ? AND news_code = ? AND reader NOT LIKE 'dump/%'
"""
# What is held has its page, and what was taken down leaves none.
KNOWN: Final = """
    SELECT EXISTS (SELECT 1 FROM articles WHERE agency = ?1 AND news_code = ?2)
        OR EXISTS (SELECT 1 FROM tombstones WHERE agency = ?1 AND news_code = ?2)
"""
# Of a page that was refused before, the later one is looked at.
FORGET: Final = """
    DELETE FROM pages WHERE url = ?
        AND NOT EXISTS (SELECT 1 FROM articles WHERE page_id = pages.id)
        AND NOT EXISTS (SELECT 1 FROM revisions WHERE page_id = pages.id)
"""


def held_reading(conn: sqlite3.Connection, key: Key) -> Article | None:
    """As much of a held article as says which fields it has; None where nothing is held, or no more than a dump."""
    row = conn.execute(HELD, key).fetchone()
    if row is None:
        return None
    title, lead, body, kind, reader, published, tags = row
    moment = from_utc_text(published) if published else None
    named = tuple(map(str, json.loads(tags)))
    return Article(title=title, lead=lead, body=body, kind=kind, reader=reader, published=moment, tags=named)


def keep_page(writer: Writer, key: Key, page: Page) -> None:
    """Keep the page of a refused reading, so that somebody can look at it, unless the article has one already."""
    if len(page.body) > LARGEST_KEPT or writer.conn.execute(KNOWN, key).fetchone() == (1,):
        return
    ready = packed(page)
    with writer.transaction() as conn:
        conn.execute(FORGET, (page.url,))
        insert_page(conn, ready)
