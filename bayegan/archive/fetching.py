"""Rows of the tables into values, many at a time and in the order asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive.rows import ArticleRow, Hit, RevisionRow
from crawler.dates import from_utc_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

Names = dict[int, list[str]]

ARTICLES: Final = """
    SELECT id, agency, news_code, url, title, kicker, lead, body, published, published_jalali, modified, authors,
        place, image, kind, language, content_hash, reader, page_id, duplicate_of, first_seen, last_seen
    FROM articles WHERE id IN (SELECT value FROM json_each(?))
"""
TAGS: Final = """
    SELECT article_tags.article_id, tags.name FROM article_tags JOIN tags ON tags.id = article_tags.tag_id
    WHERE article_tags.article_id IN (SELECT value FROM json_each(?)) ORDER BY article_tags.rowid
"""
SECTIONS: Final = """
    SELECT article_sections.article_id, sections.name
    FROM article_sections JOIN sections ON sections.id = article_sections.section_id
    WHERE article_sections.article_id IN (SELECT value FROM json_each(?)) ORDER BY article_sections.rowid
"""
REVISIONS: Final = """
    SELECT revisions.* FROM revisions JOIN articles ON articles.id = revisions.article_id
    WHERE articles.agency = ? AND articles.news_code = ? ORDER BY revisions.seen_at, revisions.id
"""
# highlight() and snippet() read the text as published from the articles, and find the marks by counting words.
MARKED: Final = """
    SELECT rowid, highlight(articles_fts, 0, :open, :close), snippet(articles_fts, 1, :open, :close, '…', :words),
        snippet(articles_fts, 2, :open, :close, '…', :words)
    FROM articles_fts WHERE articles_fts MATCH :match AND rowid IN (SELECT value FROM json_each(:ids))
"""
SNIPPET_WORDS: Final = 24
MOMENTS: Final = ("published", "modified", "first_seen", "last_seen")


def records(cursor: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """Rows with their columns' names."""
    columns = tuple(column[0] for column in cursor.description)
    return (dict(zip(columns, row, strict=True)) for row in cursor)


def moment(written: str | None) -> datetime | None:
    return None if written is None else from_utc_text(written)


def article_rows(conn: sqlite3.Connection, ids: Sequence[int]) -> list[ArticleRow]:
    """The articles of these ids, in their order, with tags and sections."""
    return [ArticleRow(**columns) for columns in _columns(conn, ids)]


def hits(conn: sqlite3.Connection, ids: Sequence[int], match: str | None, mark: tuple[str, str]) -> list[Hit]:
    """The same as hits: where nothing was searched for, unmarked and with the opening words."""
    marks = _marks(conn, ids, match, mark) if match else {}
    return [Hit(**columns | (marks.get(columns["id"]) or _opening(columns))) for columns in _columns(conn, ids)]


def revision_rows(conn: sqlite3.Connection, agency: str, news_code: str) -> Iterator[RevisionRow]:
    for columns in records(conn.execute(REVISIONS, (agency, news_code))):
        values = {"seen_at": from_utc_text(columns["seen_at"]), "tags": tuple(json.loads(columns["tags"]))}
        yield RevisionRow(**columns | values)


def _columns(conn: sqlite3.Connection, ids: Sequence[int]) -> Iterator[dict[str, Any]]:
    wanted = json.dumps(ids)
    found = {columns["id"]: columns for columns in records(conn.execute(ARTICLES, (wanted,)))}
    tags, sections = _names(conn, TAGS, wanted), _names(conn, SECTIONS, wanted)
    for article_id in ids:
        columns = found[article_id]
        columns |= {name: moment(columns[name]) for name in MOMENTS}
        columns["authors"] = tuple(json.loads(columns["authors"]))
        columns["tags"] = tuple(tags.get(article_id, ()))
        columns["sections"] = tuple(sections.get(article_id, ()))
        yield columns


def _names(conn: sqlite3.Connection, statement: str, wanted: str) -> Names:
    names: Names = {}
    for article_id, name in conn.execute(statement, (wanted,)):
        names.setdefault(article_id, []).append(name)
    return names


def _marks(
    conn: sqlite3.Connection, ids: Sequence[int], match: str, mark: tuple[str, str]
) -> dict[int, dict[str, str]]:
    values = {"match": match, "ids": json.dumps(ids), "open": mark[0], "close": mark[1], "words": SNIPPET_WORDS}
    found = {}
    for article_id, *texts in conn.execute(MARKED, values):
        title, lead, body = (_one_line(text or "", mark) for text in texts)
        shown = next((text for text in (body, lead) if mark[0] in text), body or lead)
        found[article_id] = {"marked_title": title, "snippet": shown}
    return found


def _opening(columns: dict[str, Any]) -> dict[str, str]:
    words = (columns["lead"] or columns["body"] or "").split()
    text = " ".join(words[:SNIPPET_WORDS])
    return {"marked_title": columns["title"] or "", "snippet": f"{text}…" if len(words) > SNIPPET_WORDS else text}


def _one_line(text: str, mark: tuple[str, str]) -> str:
    """Two parts of one word that were found each by itself are marked as one."""
    return " ".join(text.split()).replace(f"{mark[1]}\u200c{mark[0]}", "\u200c")
