"""An article's tags and sections: names as published, in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

TAGS: Final = """
    SELECT tags.name FROM article_tags JOIN tags ON tags.id = article_tags.tag_id
    WHERE article_tags.article_id = ? ORDER BY article_tags.rowid
"""
# How an article's names are forgotten, made known, and joined to it.
TAG_STEPS: Final = (
    "DELETE FROM article_tags WHERE article_id = ?",
    "INSERT OR IGNORE INTO tags (name) VALUES (?)",
    "INSERT OR IGNORE INTO article_tags (article_id, tag_id) SELECT ?, id FROM tags WHERE name = ?",
)
SECTION_STEPS: Final = (
    "DELETE FROM article_sections WHERE article_id = ?",
    "INSERT OR IGNORE INTO sections (name) VALUES (?)",
    "INSERT OR IGNORE INTO article_sections (article_id, section_id) SELECT ?, id FROM sections WHERE name = ?",
)


def tags_of(conn: sqlite3.Connection, article_id: int) -> tuple[str, ...]:
    return tuple(name for (name,) in conn.execute(TAGS, (article_id,)))


def put(conn: sqlite3.Connection, article_id: int, *, tags: tuple[str, ...], sections: tuple[str, ...]) -> None:
    """Name an article with these and no others."""
    for (forget, know, join), names in ((TAG_STEPS, tags), (SECTION_STEPS, sections)):
        conn.execute(forget, (article_id,))
        for name in names:
            conn.execute(know, (name,))
            conn.execute(join, (article_id, name))
