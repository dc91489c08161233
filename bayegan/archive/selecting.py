"""Which articles, in which order: a filter into SQL, by the way that is short for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from crawler.text import glued

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from bayegan.search import Filter

NEWEST: Final = 2_000  # hits that bm25 is computed for: over all of them it takes seconds for a common word
FEW: Final = 5_000  # hits up to which reading them all and sorting is the shorter way

IDS: Final = "SELECT articles.id FROM articles"
COUNT: Final = "SELECT count(*) FROM articles"
NEWEST_FIRST: Final = "ORDER BY articles.published DESC, articles.id DESC LIMIT :limit"
CONDITIONS: Final = {
    "agency": "articles.agency = :agency",
    "since": "articles.published >= :since",
    "until": "articles.published < :until",
    "tag": """articles.id IN (
        SELECT article_tags.article_id FROM article_tags JOIN tags ON tags.id = article_tags.tag_id
        WHERE glued(tags.name) = :tag)""",
    "section": """articles.id IN (
        SELECT article_sections.article_id FROM article_sections
        JOIN sections ON sections.id = article_sections.section_id
        WHERE glued(sections.name) = :section)""",
}
# Few hits: the index names them, and they are sorted. Many: articles are walked from the newest on, each asked
# whether it matches, until enough do.
NAMED_BY_INDEX: Final = "articles.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match)"
ASKED_ONE_BY_ONE: Final = (
    "EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match AND articles_fts.rowid = articles.id)"
)
MANY: Final = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
# The plus sign keeps SQLite from asking FTS5 once for every id, which would weigh the words each time anew.
# A match in the title weighs 8, in the lead 3, in the body 1.
RANKED: Final = """
    SELECT rowid FROM articles_fts
    WHERE articles_fts MATCH :match AND rowid BETWEEN :lowest AND :highest
        AND +rowid IN (SELECT value FROM json_each(:ids))
    ORDER BY bm25(articles_fts, 8.0, 3.0, 1.0), rowid DESC LIMIT :limit
"""


def register(conn: sqlite3.Connection) -> None:
    """Teach the connection to compare names whatever their spelling."""
    conn.create_function("glued", 1, glued, deterministic=True)


def ids(conn: sqlite3.Connection, filters: Filter) -> Iterator[int]:
    """The articles' ids in the order asked for, read from the archive as they are taken."""
    if filters.sort == "relevance" and filters.match:
        return iter(_ranked(conn, filters))
    return _newest(conn, filters, filters.limit)


def count(conn: sqlite3.Connection, filters: Filter) -> int:
    """How many articles there are, whatever the limit."""
    sql, values = _statement(COUNT, filters, NAMED_BY_INDEX)
    return int(conn.execute(sql, values).fetchone()[0])


def _newest(conn: sqlite3.Connection, filters: Filter, limit: int | None) -> Iterator[int]:
    way = ASKED_ONE_BY_ONE if limit is not None and _many(conn, filters) else NAMED_BY_INDEX
    sql, values = _statement(IDS, filters, way)
    return _first(conn.execute(f"{sql} {NEWEST_FIRST}", values | {"limit": -1 if limit is None else limit}))


def _ranked(conn: sqlite3.Connection, filters: Filter) -> list[int]:
    newest = list(_newest(conn, filters, NEWEST))
    if not newest:
        return []
    values = {"match": filters.match, "ids": json.dumps(newest), "limit": filters.limit or -1}
    return list(_first(conn.execute(RANKED, values | {"lowest": min(newest), "highest": max(newest)})))


def _many(conn: sqlite3.Connection, filters: Filter) -> bool:
    return filters.match is not None and conn.execute(MANY, (filters.match, FEW + 1)).fetchone() == (FEW + 1,)


def _statement(select: str, filters: Filter, way: str) -> tuple[str, dict[str, str | int]]:
    """Join constant clauses; every value is bound."""
    values: dict[str, str | int] = dict(filters.conditions)
    clauses = [CONDITIONS[name] for name in values]
    if filters.match:
        clauses.append(way)
        values["match"] = filters.match
    return " WHERE ".join(filter(None, (select, " AND ".join(clauses)))), values


def _first(rows: Iterable[tuple[int]]) -> Iterator[int]:
    return (article_id for (article_id,) in rows)
