"""A page of hits: a list that also knows how many there are in all, how they are spread, and where to go on."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import fetching, selecting
from bayegan.archive.finding.paging import Place
from bayegan.archive.rows import Hit
from crawler.dates import utc_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bayegan.archive.finding.facets import Facets
    from bayegan.archive.finding.snippets import Mark
    from bayegan.archive.reader import Archive
    from bayegan.search import Filter

LAST_ID: Final = "SELECT coalesce(max(id), 0) FROM articles"


class Hits(list[Hit]):
    """The hits of one page, in the order asked for.

    ``next`` is the token of the page behind it, for ``after=``; None where this is the last.
    """

    def __init__(self, archive: Archive, filters: Filter, hits: Iterable[Hit], following: str | None) -> None:
        super().__init__(hits)
        self._archive = archive
        self._filters = filters
        self.next = following

    @cached_property
    def total(self) -> int:
        """How many hits there are, on whichever page."""
        return self._archive.count(self._filters)

    def facets(self, limit: int = 20) -> Facets:
        """Count all hits by agency, section and tag, the ``limit`` commonest of each, and by Jalali month."""
        return self._archive.facets(self._filters, limit)


def page(conn: sqlite3.Connection, filters: Filter, mark: Mark) -> tuple[list[Hit], str | None]:
    """Find the hits of a page, and the token of the one behind it."""
    newest_id = filters.after.newest_id if filters.after else int(conn.execute(LAST_ID).fetchone()[0])
    one_more = filters if filters.limit is None else replace(filters, limit=filters.limit + 1)
    ids = list(selecting.ids(conn, one_more))
    shown = ids[: filters.limit]
    hits = shown_as_hits(conn, filters, shown, mark)
    return hits, _place(filters, hits, newest_id).token if len(ids) > len(shown) else None


def shown_as_hits(conn: sqlite3.Connection, filters: Filter, ids: list[int], mark: Mark) -> list[Hit]:
    """The articles with what was searched for marked, and with their copies where these count as one."""
    hits = fetching.hits(conn, ids, selecting.match(conn, filters), mark)
    if not filters.distinct:
        return hits
    others = selecting.folded(conn, filters, ids)
    return [replace(hit, copies=others[hit.id]) for hit in hits]


def _place(filters: Filter, hits: list[Hit], newest_id: int) -> Place:
    if selecting.is_ranked(filters):
        before = filters.after.shown if filters.after else frozenset()
        return Place(newest_id=newest_id, shown=before | {hit.id for hit in hits})
    last = hits[-1]
    published = None if last.published is None else utc_text(last.published)
    return Place(newest_id=newest_id, key=(published, last.agency, last.news_code))
