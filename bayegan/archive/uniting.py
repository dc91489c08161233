"""Articles of another archive, with their earlier readings and their pages, into this one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bayegan.archive import joining, store
from bayegan.archive.finding.fetching import records
from bayegan.archive.histories import Version, join
from bayegan.archive.identity import Gist, code_reused, from_dump
from bayegan.archive.pages.dictionaries import Presses
from bayegan.archive.pages.kept import KeptPages
from bayegan.archive.reading import packed, prepare
from crawler.dates import utc_text
from crawler.errors import RefusedError
from crawler.items import Fetched

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import datetime

    from bayegan.archive.index import Changes
    from bayegan.archive.reading import Key, Reading
    from bayegan.archive.rows import ArticleRow
    from bayegan.archive.writer import Writer

REVISIONS: Final = """
    SELECT id, seen_at, content_hash, title, kicker, lead, body, tags, page_id
    FROM revisions WHERE article_id = ? ORDER BY seen_at, id
"""
GIVE_PAGE: Final = "UPDATE articles SET page_id = ? WHERE id = ? AND page_id IS NULL"
LEDGER_COLUMNS: Final = {"url": "url", "day": "day", "via": "via", "status": "status", "now": "listed_at"}


class _Theirs(NamedTuple):
    """Their article: its row, its earlier readings by their ids, all of it as a history."""

    row: ArticleRow
    revisions: dict[int, dict[str, Any]]
    history: tuple[Version, ...]


class Union:
    """Joins another archive's articles to ours, inside the caller's transactions."""

    def __init__(self, writer: Writer, theirs: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self._ours, self._theirs, self._clock = writer.conn, theirs, clock
        self._pages = KeptPages(theirs)
        self._presses = Presses(writer, clock)

    def look(self) -> None:
        """Between two transactions: see whether an agency's pages are to be packed with a newer dictionary."""
        self._presses.look()

    def join(self, row: ArticleRow, changes: Changes) -> tuple[str, int]:
        """Join their article to ours, and leave what the index needs in ``changes``.

        The answer is new, revised, unchanged or taken_down, and how many revisions were added. The rest of their
        ledger is left for :func:`joining.join_ledger`. Raises RefusedError where the code or the address means
        another article here.
        """
        key = row.agency, row.news_code
        if store.taken_down(self._ours, key):
            return "taken_down", 0
        other, held = self._read(row), store.held(self._ours, key)
        self._refuse_conflict(key, other, held)
        if held is None:
            store.store(self._ours, self._reading(row), changes, run_id=None)
            return "new", self._add(key, other, other.history[:-1])
        joined = join(_history(self._ours, held), other.history)
        if joined.theirs_wins:
            store.store(self._ours, self._reading(row), changes, run_id=None)
        elif held.page_id is None and row.page_id is not None and held.content_hash == row.content_hash:
            self._ours.execute(GIVE_PAGE, (self._keep_page(row.page_id, row.agency), held.id))
        added = self._add(key, other, joined.added)
        return ("revised" if joined.theirs_wins or added else "unchanged"), added

    def _read(self, row: ArticleRow) -> _Theirs:
        revisions = _revisions(self._theirs, row.id)
        now = Version(utc_text(row.last_seen), row.content_hash, ours=False, dump=from_dump(row.reader))
        return _Theirs(row, revisions, (*_earlier(revisions, ours=False), now))

    def _refuse_conflict(self, key: Key, other: _Theirs, held: store.Held | None) -> None:
        row = other.row
        holder = store.holder(self._ours, row.url) if row.url else None
        if holder not in (None, key):
            raise RefusedError(f"{'/'.join(key)} is refused: {'/'.join(holder)} holds {row.url} already.")
        if held is None or held.dump or from_dump(row.reader):
            return
        ours = _history(self._ours, held)
        shared = {one.content_hash for one in ours} & {one.content_hash for one in other.history}
        if not shared and code_reused(Gist(*held.texts), Gist(row.title, row.lead, row.body)):
            raise RefusedError(
                f"The code of {'/'.join(key)} was reused: «{held.title}» is held, «{row.title}» is refused."
            )

    def _reading(self, row: ArticleRow) -> Reading:
        """Their article as if it had just been read, but seen when they saw it."""
        page = None if row.page_id is None else self._pages.page(row.page_id)
        fetched = Fetched(article=row.article, page=page)
        reading = prepare(fetched, now=self._clock(), with_page=True, presses=self._presses)
        seen = utc_text(row.last_seen)
        listed = joining.ledger_row(self._theirs, reading.key) or {}
        said = {ours: listed[theirs] for ours, theirs in LEDGER_COLUMNS.items() if theirs in listed}
        return reading._replace(seen=seen, columns=reading.columns | {"seen": seen}, ledger=reading.ledger | said)

    def _add(self, key: Key, other: _Theirs, versions: tuple[Version, ...]) -> int:
        """Their readings as revisions of ours; and the times at which they saw the article."""
        held = store.held(self._ours, key)
        if held is None:
            return 0
        for version in versions:
            self._ours.execute(store.INSERT_REVISION, self._revision(other, version) | {"id": held.id})
        for seen in (other.row.first_seen, other.row.last_seen):
            self._ours.execute(store.SEEN, (utc_text(seen), held.id))
        return len(versions)

    def _revision(self, other: _Theirs, version: Version) -> dict[str, Any]:
        row = other.row
        if version.revision is None:
            texts = {name: getattr(row, name) for name in ("title", "kicker", "lead", "body", "page_id")}
            found = texts | {"tags": json.dumps(row.tags, ensure_ascii=False)}
        else:
            found = other.revisions[version.revision]
        page_id = None if found["page_id"] is None else self._keep_page(found["page_id"], row.agency)
        return found | {"seen": version.seen, "content_hash": version.content_hash, "page_id": page_id}

    def _keep_page(self, page_id: int, agency: str) -> int | None:
        return store.insert_page(self._ours, packed(self._pages.page(page_id), agency, self._presses))


def _history(conn: sqlite3.Connection, held: store.Held) -> tuple[Version, ...]:
    """What we hold of an article, from the earliest reading to the article itself."""
    earlier = _earlier(_revisions(conn, held.id), ours=True)
    return (*earlier, Version(held.last_seen, held.content_hash, ours=True, dump=held.dump))


def _revisions(conn: sqlite3.Connection, article_id: int) -> dict[int, dict[str, Any]]:
    return {one["id"]: one for one in records(conn.execute(REVISIONS, (article_id,)))}


def _earlier(revisions: dict[int, dict[str, Any]], *, ours: bool) -> tuple[Version, ...]:
    return tuple(Version(one["seen_at"], one["content_hash"], ours, number) for number, one in revisions.items())
