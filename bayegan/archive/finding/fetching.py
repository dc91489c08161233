"""Rows of the tables into values, many at a time and in the order asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive.finding import snippets
from bayegan.archive.finding.snippets import Shown
from bayegan.archive.rows import ArticleRow, Hit, RevisionRow
from crawler.dates import from_utc_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bayegan.archive.finding.snippets import Mark

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
BATCH: Final = 500  # texts that are marked at once, in memory
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


def hits(conn: sqlite3.Connection, ids: Sequence[int], match: str | None, mark: Mark) -> list[Hit]:
    """The same as hits: where nothing was searched for, unmarked and with the opening words."""
    batches = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    return [hit for batch in batches for hit in _hits(conn, batch, match, mark)]


def _hits(conn: sqlite3.Connection, ids: Sequence[int], match: str | None, mark: Mark) -> Iterator[Hit]:
    found = list(_columns(conn, ids))
    texts = [(columns["title"], columns["lead"], columns["body"]) for columns in found]
    shown = snippets.marked(texts, match, mark) if match else {}
    return (_hit(columns, shown.get(place)) for place, columns in enumerate(found))


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


def _hit(columns: dict[str, Any], shown: Shown | None) -> Hit:
    opening = shown or Shown(columns["title"] or "", snippets.opening(columns["lead"] or columns["body"] or ""))
    return Hit(**columns, marked_title=opening.title, snippet=opening.snippet)
