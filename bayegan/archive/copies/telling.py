"""The copies of an article as they were found, and searches in which copies count as one.

``group_of`` and ``groups_of`` (``copy_groups``) name the groups; ``distinct`` is the condition that lets through one
article of each group.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive.copies.groups import group_of, groups_of
from bayegan.archive.copies.shingles import Shared, overlap, pieces_of
from bayegan.archive.copies.sources import source_of
from bayegan.archive.finding.fetching import moment, records

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bayegan.archive.copies.shingles import Pieces
    from bayegan.archive.reading import Key

__all__ = ["Copy", "copies_of", "counted", "distinct", "group_of", "groups_of"]

MOST: Final = 200
ARTICLE: Final = "SELECT id, title, lead, body, published FROM articles WHERE agency = ? AND news_code = ?"
# Its copies, and whoever is in its group by way of these: of such a one nobody has looked yet how much is shared.
COPIES: Final = """
    SELECT articles.id, agency, news_code, url, title, lead, body, published, copies.share, copies.back
    FROM (
        SELECT other_id AS id FROM copies WHERE article_id = :id
        UNION SELECT article_id FROM copy_groups WHERE group_id = :group AND article_id <> :id
    ) JOIN articles USING (id) LEFT JOIN copies ON copies.article_id = :id AND copies.other_id = articles.id
    ORDER BY published IS NULL, published, articles.id LIMIT :most
"""
# One article of a group stands for those that match: the earliest of them.
DISTINCT: Final = """NOT EXISTS (
    SELECT 1 FROM copy_groups AS mine
    JOIN copy_groups AS theirs ON theirs.group_id = mine.group_id AND theirs.article_id <> mine.article_id
    JOIN articles AS earlier ON earlier.id = theirs.article_id
    WHERE mine.article_id = articles.id
        AND (coalesce(earlier.published, '9'), earlier.id) < (coalesce(articles.published, '9'), articles.id)
        AND EXISTS (SELECT 1 FROM articles WHERE """
# How many of those that are meant another one stands for: of each group all but one.
TOO_MANY: Final = """
    SELECT count(*) - count(DISTINCT group_id) FROM copy_groups CROSS JOIN articles ON articles.id = article_id"""
TOO_MANY_MATCHES: Final = """
    SELECT count(*) - count(DISTINCT group_id)
    FROM articles_fts CROSS JOIN copy_groups ON article_id = articles_fts.rowid
    WHERE articles_fts MATCH :match"""
# Up to where a filter's conditions on ``articles`` follow.
FOLDED: Final = """
    SELECT mine.article_id, count(*) FROM json_each(:shown) AS shown CROSS JOIN copy_groups AS mine
        ON mine.article_id = shown.value
    JOIN copy_groups AS theirs ON theirs.group_id = mine.group_id AND theirs.article_id <> mine.article_id
    JOIN articles ON articles.id = theirs.article_id"""
BY_ARTICLE: Final = "GROUP BY mine.article_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article that shares text with the one that was asked about.

    ``share_of_copy`` is how much of it stands in the article asked about, ``share_of_article`` how much of that one
    stands in it (0 to 1, of the three-word pieces). ``delay`` is how long after the article asked about it was
    published: negative where it came before. ``source`` is whom it names, ``source_agency`` which agency is meant.
    ``first``: nobody of all these published before it. ``same``: search takes the two as one with ``distinct``.
    """

    agency: str
    news_code: str
    url: str | None
    title: str | None
    published: datetime | None
    delay: timedelta | None
    share_of_copy: float
    share_of_article: float
    source: str | None
    source_agency: str | None
    first: bool
    same: bool


def copies_of(conn: sqlite3.Connection, key: Key) -> list[Copy]:
    """An article's copies and those that it was copied from, the earliest first; [] where there are none.

    Of more than 200 the earliest 200.
    """
    asked = next(records(conn.execute(ARTICLE, key)), None)
    if asked is None:
        return []
    group = group_of(conn, asked["id"])
    values = {"id": asked["id"], "group": group, "most": MOST}
    rows = list(records(conn.execute(COPIES, values)))
    groups = groups_of(conn, [row["id"] for row in rows])
    mine = _pieces(asked)
    first = min((row["published"] for row in (asked, *rows) if row["published"]), default=None)
    return [_copy(asked, row, _shared(mine, row), first=first, same=groups[row["id"]] == group) for row in rows]


def distinct(clauses: Sequence[str]) -> str:
    """The condition on ``articles`` that lets one article of each group through: the earliest that meets all clauses.

    It depends on nothing but these clauses, not on order, limit or page.
    """
    return DISTINCT + " AND ".join(("articles.id = earlier.id", *clauses)) + "))"


def counted(conn: sqlite3.Connection, folded: str, values: dict[str, Any], ids: Sequence[int]) -> dict[int, int]:
    """Ask ``folded`` (FOLDED with a filter's conditions) how many others each of these articles stands for."""
    found = dict(conn.execute(f"{folded} {BY_ARTICLE}", values | {"shown": json.dumps(ids)}).fetchall())
    return {article_id: found.get(article_id, 0) for article_id in ids}


def _copy(asked: dict[str, Any], row: dict[str, Any], found: Shared, *, first: str | None, same: bool) -> Copy:
    published, then = moment(row["published"]), moment(asked["published"])
    source = source_of(row["agency"], row["lead"], row["body"])
    return Copy(
        **{name: row[name] for name in ("agency", "news_code", "url", "title")},
        published=published,
        delay=published - then if published and then else None,
        share_of_copy=found.back,
        share_of_article=found.share,
        source=source.name if source else None,
        source_agency=source.agency if source else None,
        first=first is not None and row["published"] == first,
        same=same,
    )


def _shared(mine: Pieces, row: dict[str, Any]) -> Shared:
    if row["share"] is not None:
        return Shared(row["share"], row["back"])
    return overlap(mine, _pieces(row))


def _pieces(row: dict[str, Any]) -> Pieces:
    return pieces_of((row["title"], row["lead"], row["body"]))
