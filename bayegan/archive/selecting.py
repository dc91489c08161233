"""Which articles, in which order: a filter into SQL, by the way that is short for it."""

from __future__ import annotations

import json
from math import isqrt
from typing import TYPE_CHECKING, Final

from crawler.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from bayegan.search import Filter

NEWEST: Final = 2_000  # hits that bm25 is computed for: over all of them it takes seconds for a common word
PROBE: Final = 30  # times that asking one article costs what reading one hit does (measured)

IDS: Final = "SELECT articles.id FROM articles"
COUNT: Final = "SELECT count(*) FROM articles"
# Of one minute, by agency and code: an order that an export and its import into another archive share.
NEWEST_FIRST: Final = "ORDER BY articles.published DESC, articles.agency, articles.news_code DESC LIMIT :limit"
CONDITIONS: Final = {
    "agency": "articles.agency = :agency",
    "since": "articles.published >= :since",
    "until": "articles.published < :until",
    "tag": """articles.id IN (
        SELECT article_id FROM article_tags WHERE tag_id IN (SELECT value FROM json_each(:tag)))""",
    "section": """articles.id IN (
        SELECT article_id FROM article_sections WHERE section_id IN (SELECT value FROM json_each(:section)))""",
}
NAMES: Final = {"tag": "SELECT id, name FROM tags", "section": "SELECT id, name FROM sections"}
# Few hits: the index names them, and they are sorted. Many: articles are walked from the newest on, each asked
# whether it matches, until enough do.
NAMED_BY_INDEX: Final = "articles.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match)"
ASKED_ONE_BY_ONE: Final = (
    "EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match AND articles_fts.rowid = articles.id)"
)
LAST_ID: Final = "SELECT coalesce(max(id), 0) FROM articles"
AS_MANY: Final = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
# The plus sign keeps SQLite from asking FTS5 once for every id, which would weigh the words each time anew.
# A match in the title weighs 8, in the lead 3, in the body 1.
RANKED: Final = """
    SELECT rowid FROM articles_fts
    WHERE articles_fts MATCH :match AND rowid BETWEEN :lowest AND :highest
        AND +rowid IN (SELECT value FROM json_each(:ids))
    ORDER BY bm25(articles_fts, 8.0, 3.0, 1.0), rowid DESC LIMIT :limit
"""


def ids(conn: sqlite3.Connection, filters: Filter) -> Iterator[int]:
    """The articles' ids in the order asked for, read from the archive as they are taken."""
    if filters.sort == "relevance" and filters.match:
        return iter(_ranked(conn, filters))
    return _newest(conn, filters, filters.limit)


def count(conn: sqlite3.Connection, filters: Filter) -> int:
    """How many articles there are, whatever the limit."""
    sql, values = statement(conn, COUNT, filters)
    return int(conn.execute(sql, values).fetchone()[0])


def statement(
    conn: sqlite3.Connection, select: str, filters: Filter, way: str = NAMED_BY_INDEX
) -> tuple[str, dict[str, str | int]]:
    """Complete ``select`` (up to FROM articles) with the WHERE clause of a filter, and say what to bind; no limit."""
    values: dict[str, str | int] = dict(filters.conditions)
    clauses = [CONDITIONS[name] for name in values]
    for name in NAMES.keys() & values.keys():
        values[name] = json.dumps(_named(conn, NAMES[name], str(values[name])))
    if filters.match:
        clauses.append(way)
        values["match"] = filters.match
    return " WHERE ".join(filter(None, (select, " AND ".join(clauses)))), values


def _newest(conn: sqlite3.Connection, filters: Filter, limit: int | None) -> Iterator[int]:
    way = ASKED_ONE_BY_ONE if limit is not None and _many(conn, filters, limit) else NAMED_BY_INDEX
    sql, values = statement(conn, IDS, filters, way)
    return _first(conn.execute(f"{sql} {NEWEST_FIRST}", values | {"limit": -1 if limit is None else limit}))


def _ranked(conn: sqlite3.Connection, filters: Filter) -> list[int]:
    newest = list(_newest(conn, filters, NEWEST))
    if not newest:
        return []
    values = {"match": filters.match, "ids": json.dumps(newest), "limit": filters.limit or -1}
    return list(_first(conn.execute(RANKED, values | {"lowest": min(newest), "highest": max(newest)})))


def _many(conn: sqlite3.Connection, filters: Filter, limit: int) -> bool:
    """Whether it is shorter to ask articles one by one until ``limit`` of them match than to read and sort all hits.

    With H hits among A articles the one costs PROBE * limit * A / H, the other H.
    """
    if filters.match is None:
        return False
    few = isqrt(PROBE * limit * int(conn.execute(LAST_ID).fetchone()[0]))
    return bool(conn.execute(AS_MANY, (filters.match, few + 1)).fetchone()[0] > few)


def _named(conn: sqlite3.Connection, statement: str, wanted: str) -> list[int]:
    """The ids of all spellings of a glued name. Folding all names as one text is ten times as fast as one by one."""
    rows = conn.execute(statement).fetchall()
    folded = fold("\n".join(" ".join(name.split()) for _, name in rows)).split("\n")
    if len(folded) != len(rows):
        folded = [fold(name) for _, name in rows]
    return [row[0] for row, name in zip(rows, folded, strict=True) if "".join(name.split()) == wanted]


def _first(rows: Iterable[tuple[int]]) -> Iterator[int]:
    return (article_id for (article_id,) in rows)
