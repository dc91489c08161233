"""Kept articles with their pages, to be read again, and a new reading in the place of the old without a revision."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from bayegan.archive import names, store
from bayegan.archive.finding.fetching import article_rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from bayegan.archive.index import Changes
    from bayegan.archive.reading import Reading
    from bayegan.archive.rows import ArticleRow

# What an article's own page says is read again; an article without one came as text, a revision is history.
SURVEY: Final = """
    SELECT agency, count(*), sum(:everything OR reader IS NULL OR reader NOT IN (SELECT value FROM json_each(:today)))
    FROM articles
    WHERE page_id IS NOT NULL AND (:agency IS NULL OR agency = :agency)
        AND (:since IS NULL OR published >= :since) AND (:until IS NULL OR published < :until)
    GROUP BY agency ORDER BY agency
"""
# In the order of the pages, so that the file is read from its begin to its end.
DUE: Final = """
    SELECT id FROM articles
    WHERE page_id IS NOT NULL AND agency = :agency
        AND (:since IS NULL OR published >= :since) AND (:until IS NULL OR published < :until)
        AND (:everything OR reader IS NULL OR reader NOT IN (SELECT value FROM json_each(:today)))
    ORDER BY page_id
"""
PAGES: Final = """
    SELECT articles.id, pages.url, pages.body, pages.dictionary_id
    FROM articles JOIN pages ON pages.id = articles.page_id
    WHERE articles.id IN (SELECT value FROM json_each(?)) ORDER BY pages.id
"""
DICTIONARIES: Final = "SELECT id, body FROM dictionaries WHERE id IN (SELECT value FROM json_each(?))"
HOMES: Final = "SELECT DISTINCT home FROM runs WHERE agency = ? AND home IS NOT NULL ORDER BY home"
AGENCY: Final = "SELECT 1 FROM agencies WHERE name = ?"
SET_READER: Final = "UPDATE articles SET reader = ? WHERE id = ?"
SET_DAY: Final = "UPDATE ledger SET day = ? WHERE agency = ? AND news_code = ? AND day IS NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which articles: of an ``agency`` (None: of all), published in ``since`` <= moment < ``until`` (UTC, as written).

    Those whose reader is one of ``today`` were read by it already, and are left out unless ``everything`` is meant.
    """

    today: tuple[str, ...]
    agency: str | None = None
    since: str | None = None
    until: str | None = None
    everything: bool = False

    def values(self, agency: str | None) -> dict[str, str | bool | None]:
        bounds = {"since": self.since, "until": self.until}
        return bounds | {"agency": agency, "everything": self.everything, "today": json.dumps(self.today)}


class Kept(NamedTuple):
    """An article as it is held, and its page as it is kept (zstd) under its canonical address."""

    row: ArticleRow
    url: str
    packed: bytes
    dictionary_id: int | None


def survey(conn: sqlite3.Connection, window: Window) -> dict[str, tuple[int, int]]:
    """By agency: how many articles there are with a page, and how many of them are due."""
    return {agency: (kept, due) for agency, kept, due in conn.execute(SURVEY, window.values(window.agency))}


def due(conn: sqlite3.Connection, agency: str, window: Window) -> list[int]:
    """The ids of an agency's articles that are to be read again."""
    return [article_id for (article_id,) in conn.execute(DUE, window.values(agency))]


def kept(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[list[Kept], dict[int, bytes]]:
    """These articles, as far as they are there, and the dictionaries that their pages are unpacked with."""
    conn.execute("BEGIN")  # articles, names and pages as of one moment
    try:
        pages = conn.execute(PAGES, (json.dumps(ids),)).fetchall()
        rows = article_rows(conn, [page[0] for page in pages])
        wanted = json.dumps(sorted({page[3] for page in pages if page[3] is not None}))
        dictionaries = dict(conn.execute(DICTIONARIES, (wanted,)).fetchall())
    finally:
        conn.execute("COMMIT")
    return [Kept(row, *page[1:]) for row, page in zip(rows, pages, strict=True)], dictionaries


def homes(conn: sqlite3.Connection, agency: str) -> list[str]:
    """Where the agency's pages were fetched from: its own home, and whatever stood in for it."""
    return [home for (home,) in conn.execute(HOMES, (agency,))]


def is_held(conn: sqlite3.Connection, agency: str) -> bool:
    return conn.execute(AGENCY, (agency,)).fetchone() is not None


def is_still(conn: sqlite3.Connection, row: ArticleRow) -> bool:
    """Whether an article is as it was when it was given out to be read."""
    now = store.held(conn, (row.agency, row.news_code))
    then = (row.id, row.page_id, row.reader, row.content_hash, row.title, row.kicker, row.lead, row.body)
    return now is not None and then == (
        *(now.id, now.page_id, now.reader, now.content_hash),
        *(now.title, now.kicker, now.lead, now.body),
    )


def renew(conn: sqlite3.Connection, row: ArticleRow, reading: Reading, changes: Changes) -> None:
    """Put a reading in the place of the one that is held, inside the caller's transaction.

    Page, first_seen and last_seen stay. What the search index needs is left in ``changes``.
    """
    texts = (row.title, row.lead, row.body)
    if reading.texts != texts:
        changes.remove(row.id, texts)
        changes.add(row.id, reading.texts)
    conn.execute(store.REPLACE_ARTICLE, reading.columns | {"id": row.id, "page_id": row.page_id})
    if (reading.tags, reading.sections) != (row.tags, row.sections):
        names.put(conn, row.id, tags=reading.tags, sections=reading.sections)
    store.relink(conn, {row.content_hash, reading.content_hash})
    if row.published is None:
        conn.execute(SET_DAY, (reading.ledger["day"], *reading.key))


def sign(conn: sqlite3.Connection, row: ArticleRow, reader: str | None) -> None:
    """Say that this reader has read the article and found it to be as it is held."""
    conn.execute(SET_READER, (reader, row.id))
