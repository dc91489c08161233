"""Which articles, in which order: a filter into SQL, by the way that is short for it."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain, islice
from math import isqrt
from typing import TYPE_CHECKING, Final

from bayegan.archive.copies import telling
from bayegan.archive.finding import compiling, paging, tallies, walking
from bayegan.archive.finding.compiling import compiled
from bayegan.archive.finding.naming import named

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from bayegan.archive.finding.compiling import Compiled
    from bayegan.querying.tree import Named
    from bayegan.search import Filter

NEWEST: Final = 2_000  # hits that bm25 is computed for: over all of them it takes seconds for a common word
PROBE: Final = 1  # times that walking past an article costs what reading and sorting a hit does (measured)

IDS: Final = "SELECT articles.id FROM articles"
COUNT: Final = "SELECT count(*) FROM articles"
# Few articles have a tag, and are looked up in an index that holds all that they are sorted by.
IDS_BY_NAME: Final = "SELECT articles.id FROM articles INDEXED BY articles_order"
BY_NAME: Final = "articles.id IN"  # what a condition on tags begins with
ID_MATCHES: Final = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match"
# Of one minute, by agency and code: an order that an export and its import into another archive share.
NEWEST_FIRST: Final = "ORDER BY articles.published DESC, articles.agency, articles.news_code DESC LIMIT :limit"
CONDITIONS: Final = {
    "agency": "articles.agency = :agency",
    "since": "articles.published >= :since",
    "until": "articles.published < :until",
    "tag": compiling.CONDITIONS["tag"].format("tag"),
    "section": compiling.CONDITIONS["section"].format("section"),
}
NAMED: Final[tuple[Named, ...]] = ("tag", "section")
# Few hits: the index names them, and they are sorted by what one index of the articles holds. Many: the articles are
# walked from the newest on (``walking``) until enough match.
HITS: Final = "FROM articles_fts CROSS JOIN articles INDEXED BY articles_order ON articles.id = articles_fts.rowid"
MATCHED: Final = "articles_fts MATCH :match"
NAMED_BY_INDEX: Final = "articles.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match)"
ASKED_ONE_BY_ONE: Final = (
    "EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match AND articles_fts.rowid = articles.id)"
)
AMONG: Final = "articles.id IN (SELECT value FROM json_each(:among))"
BATCH: Final = 100  # of articles that match, to be asked whether they are copies
FEW: Final = 1_000  # hits that are looked through rather than what else is asked for
MANY: Final = 250_000  # ids that are not held in memory
LAST_ID: Final = "SELECT coalesce(max(id), 0) FROM articles"
AS_MANY: Final = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT ?)"
# The plus sign keeps SQLite from asking FTS5 once for every id, which would weigh the words each time anew.
# A match in the title weighs 8, in the lead 3, in the body 1.
RANKED: Final = """
    SELECT rowid FROM articles_fts
    WHERE articles_fts MATCH :match AND rowid BETWEEN :lowest AND :highest
        AND +rowid IN (SELECT value FROM json_each(:ids))
    ORDER BY bm25(articles_fts, 1.0, 8.0, 3.0), rowid DESC LIMIT :limit
"""


def ids(conn: sqlite3.Connection, filters: Filter) -> Iterator[int]:
    """The articles' ids in the order asked for, read from the archive as they are taken."""
    query = compiled(conn, filters.tree)
    if is_ranked(filters):
        return iter(_ranked(conn, filters, query))
    return _newest(conn, filters, filters.limit, query)


def is_ranked(filters: Filter) -> bool:
    """Whether the order is that of relevance: to no word, nothing is more relevant than the newest."""
    tree = filters.tree
    return filters.sort == "relevance" and tree is not None and compiling.divided(tree)[0] is not None


def count(conn: sqlite3.Connection, filters: Filter) -> int:
    """How many articles there are, whatever the limit and the page."""
    every = replace(filters, after=None, distinct=False)
    total = _total(conn, every, compiled(conn, every.tree))
    return total - _number(conn, every, telling.TOO_MANY, telling.TOO_MANY_MATCHES) if filters.distinct else total


def _total(conn: sqlite3.Connection, filters: Filter, query: Compiled) -> int:
    """Whichever are fewer are looked through for the other: the hits, or what else is asked for."""
    if query.match is None:
        return _number(conn, filters, COUNT, COUNT)
    hits = tallies.count(conn, query.match)
    if not (query.clauses or filters.conditions):
        return hits
    if hits > FEW:
        most = min(hits, MANY)
        others = list(islice(_candidates(conn, filters, query), most))
        if len(others) < most:
            return walking.count(conn, query.match, others)
    sql, values = statement(conn, f"SELECT count(*) {HITS}", filters, MATCHED, query=query)
    return int(conn.execute(sql, values).fetchone()[0])


def _number(conn: sqlite3.Connection, filters: Filter, articles: str, matches: str) -> int:
    sql, values = unordered(conn, filters, articles, matches)
    return int(conn.execute(sql, values).fetchone()[0])


def unordered(
    conn: sqlite3.Connection, filters: Filter, articles: str = IDS, matches: str = ID_MATCHES
) -> tuple[str, dict[str, str | int]]:
    """Complete a statement on ``articles``, or the one on ``matches`` where the index alone can tell."""
    query = compiled(conn, filters.tree)
    if query.match and not (query.clauses or filters.conditions or filters.after or filters.distinct):
        return matches, {"match": query.match}
    return statement(conn, articles, filters, query=query)


def match(conn: sqlite3.Connection, filters: Filter) -> str | None:
    """What to mark in the hits, as FTS5 takes it: any word or phrase searched for, in all its spellings."""
    return compiled(conn, filters.tree).shown


def statement(
    conn: sqlite3.Connection,
    select: str,
    filters: Filter,
    way: str = NAMED_BY_INDEX,
    more: str = "",
    query: Compiled | None = None,
) -> tuple[str, dict[str, str | int]]:
    """Complete ``select`` (up to FROM articles) with the WHERE clause of a filter, and say what to bind; no limit.

    ``more`` is a condition that must hold as well; what it binds is the caller's. ``query`` is the filter's, where it
    has been compiled already.
    """
    query = query or compiled(conn, filters.tree)
    values: dict[str, str | int] = dict(filters.conditions)
    clauses = [*(CONDITIONS[name] for name in values), *query.clauses]
    for name in NAMED:
        if name in values:
            values[name] = json.dumps(named(conn, name, str(values[name])))
    values |= query.values
    if query.match:
        clauses.append(way)
        values["match"] = query.match
    if filters.after:
        clauses.append(paging.NO_LATER)
        values["newest_id"] = filters.after.newest_id
    if filters.distinct:
        clauses.append(telling.distinct(clauses))
    clauses += [more] if more else []
    return " WHERE ".join(filter(None, (select, " AND ".join(clauses)))), values


def folded(conn: sqlite3.Connection, filters: Filter, ids: Sequence[int]) -> dict[int, int]:
    """How many others each of the articles stands for where copies count as one: those that are meant as well."""
    sql, values = statement(conn, telling.FOLDED, replace(filters, distinct=False), ASKED_ONE_BY_ONE)
    return telling.counted(conn, sql, values, ids)


def _newest(conn: sqlite3.Connection, filters: Filter, limit: int | None, query: Compiled) -> Iterator[int]:
    part = _walked if limit is not None and _many(conn, query.match, limit) else _sorted
    clauses = paging.clauses(filters.after, ranked=is_ranked(filters))
    found = chain.from_iterable(part(conn, filters, query, clause, limit) for clause in clauses)
    return islice(found, limit)


def _sorted(
    conn: sqlite3.Connection, filters: Filter, query: Compiled, clause: paging.Clause, limit: int | None
) -> Iterator[int]:
    more, bound = clause
    plain = query.match and not filters.distinct
    select, way = (f"SELECT articles.id {HITS}", MATCHED) if plain else (IDS, NAMED_BY_INDEX)
    sql, values = statement(conn, select, filters, way, more, query)
    return _first(conn.execute(f"{sql} {NEWEST_FIRST}", values | bound | {"limit": -1 if limit is None else limit}))


def _walked(
    conn: sqlite3.Connection, filters: Filter, query: Compiled, clause: paging.Clause, limit: int | None
) -> Iterator[int]:
    candidates = _candidates(conn, filters, query, clause, NEWEST_FIRST)
    found = walking.matching(conn, query.match or "", candidates, limit or 1)
    return _first_of_copies(conn, filters, query, found) if filters.distinct else found


def _candidates(
    conn: sqlite3.Connection, filters: Filter, query: Compiled, clause: paging.Clause = ("", {}), order: str = ""
) -> Iterator[int]:
    """What is asked for, but for the words."""
    more, bound = clause
    by_name = any(one.startswith(BY_NAME) for one in query.clauses) or filters.conditions.keys() & set(NAMED)
    select = IDS_BY_NAME if by_name else IDS
    every = replace(query, match=None)
    sql, values = statement(conn, select, replace(filters, distinct=False), more=more, query=every)
    return _first(conn.execute(f"{sql} {order}", values | bound | {"limit": -1}))


def _first_of_copies(
    conn: sqlite3.Connection, filters: Filter, query: Compiled, matching: Iterator[int]
) -> Iterator[int]:
    """Those that copies count as, of articles that match."""
    meant, values = statement(conn, "", replace(filters, distinct=False), ASKED_ONE_BY_ONE, query=query)
    sole = f"{IDS} WHERE {AMONG} AND {telling.distinct([meant])}"
    while batch := list(islice(matching, BATCH)):
        kept = set(_first(conn.execute(sole, values | {"among": json.dumps(batch)})))
        yield from filter(kept.__contains__, batch)


def _ranked(conn: sqlite3.Connection, filters: Filter, query: Compiled) -> list[int]:
    newest = paging.left(_newest(conn, filters, NEWEST, query), filters.after)
    if not newest:
        return []
    values = {"match": query.match, "ids": json.dumps(newest), "limit": filters.limit or -1}
    return list(_first(conn.execute(RANKED, values | {"lowest": min(newest), "highest": max(newest)})))


def _many(conn: sqlite3.Connection, match: str | None, limit: int) -> bool:
    """Whether it is shorter to walk until ``limit`` articles match than to read and sort all hits.

    With H hits among A articles the one costs PROBE * limit * A / H, the other H.
    """
    if match is None:
        return False
    few = isqrt(PROBE * limit * int(conn.execute(LAST_ID).fetchone()[0]))
    return bool(conn.execute(AS_MANY, (match, few + 1)).fetchone()[0] > few)


def _first(rows: Iterable[tuple[int]]) -> Iterator[int]:
    return (article_id for (article_id,) in rows)
