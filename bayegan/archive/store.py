"""One reading into all its tables, inside the caller's transaction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from bayegan.archive import names
from bayegan.archive.identity import from_dump
from bayegan.archive.reading import packed
from crawler.dates import utc_text

if TYPE_CHECKING:
    import sqlite3

    from bayegan.archive.index import Changes, Texts
    from bayegan.archive.reading import Key, PackedPage, Reading

Change = Literal["new", "unchanged", "revised"]

HELD: Final = """
    SELECT id, title, kicker, lead, body, content_hash, reader, page_id, last_seen
    FROM articles WHERE agency = ? AND news_code = ?
"""
HOLDER: Final = "SELECT agency, news_code FROM articles WHERE url = ?"
TOMBSTONE: Final = "SELECT 1 FROM tombstones WHERE agency = ? AND news_code = ?"
INSERT_PAGE: Final = """
    INSERT INTO pages (url, fetched_at, status, content_type, etag, last_modified, sha256, body, dictionary_id)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_ARTICLE: Final = """
    INSERT INTO articles (agency, news_code, url, title, kicker, lead, body, published, published_jalali, modified,
        authors, place, image, kind, language, content_hash, reader, page_id, duplicate_of, first_seen, last_seen)
    VALUES (:agency, :news_code, :url, :title, :kicker, :lead, :body, :published, :published_jalali, :modified,
        :authors, :place, :image, :kind, :language, :content_hash, :reader, :page_id, :original, :seen, :seen)
"""
REPLACE_ARTICLE: Final = """
    UPDATE articles SET url = coalesce(:url, url), title = :title, kicker = :kicker, lead = :lead, body = :body,
        published = :published, published_jalali = :published_jalali, modified = :modified, authors = :authors,
        place = :place, image = :image, kind = :kind, language = :language, content_hash = :content_hash,
        reader = :reader, page_id = :page_id, duplicate_of = NULL
    WHERE id = :id
"""
SEEN: Final = "UPDATE articles SET first_seen = min(first_seen, ?1), last_seen = max(last_seen, ?1) WHERE id = ?2"
# The earliest article with a text is the original of all that say the same.
ORIGINAL: Final = "SELECT min(id) FROM articles WHERE content_hash = ? AND body IS NOT NULL"
RELINK: Final = """
    UPDATE articles SET duplicate_of = nullif(:original, id)
    WHERE content_hash = :content_hash AND body IS NOT NULL AND duplicate_of IS NOT nullif(:original, id)
"""
INSERT_REVISION: Final = """
    INSERT INTO revisions (article_id, seen_at, content_hash, title, kicker, lead, body, tags, page_id)
    VALUES (:id, :seen, :content_hash, :title, :kicker, :lead, :body, :tags, :page_id)
"""
REVISION: Final = "SELECT 1 FROM revisions WHERE article_id = ? AND content_hash = ?"
MOVED: Final = "UPDATE articles SET url = ?1 WHERE id = ?2 AND url IS NOT ?1"
# What was crawled says where the article stands now, and is read anew; what was imported may be old.
LEDGER_HELD: Final = """
    INSERT INTO ledger (agency, news_code, url, day, listed_at, via, state, attempts, status, run_id)
    VALUES (:agency, :news_code, :url, :day, :now, :via, 'held', 1, :status, :run_id)
    ON CONFLICT (agency, news_code) DO UPDATE SET
        state = 'held', status = excluded.status, error = NULL,
        attempts = iif(excluded.run_id IS NULL, attempts + 1, 1), day = coalesce(day, excluded.day),
        url = iif(excluded.run_id IS NULL, coalesce(url, excluded.url), coalesce(excluded.url, url)),
        run_id = coalesce(excluded.run_id, run_id)
"""
LEDGER_TAKEN_DOWN: Final = "UPDATE ledger SET state = 'taken_down' WHERE agency = ? AND news_code = ?"


class Held(NamedTuple):
    """The article as the archive has it."""

    id: int
    title: str | None
    kicker: str | None
    lead: str | None
    body: str | None
    content_hash: str
    reader: str | None
    page_id: int | None
    last_seen: str

    @property
    def texts(self) -> Texts:
        return self.title, self.lead, self.body

    @property
    def dump(self) -> bool:
        return from_dump(self.reader)


def held(conn: sqlite3.Connection, key: Key) -> Held | None:
    row = conn.execute(HELD, key).fetchone()
    return None if row is None else Held(*row)


def holder(conn: sqlite3.Connection, url: str) -> Key | None:
    """Whose article stands at this canonical address."""
    row: Key | None = conn.execute(HOLDER, (url,)).fetchone()
    return row


def taken_down(conn: sqlite3.Connection, key: Key) -> bool:
    return conn.execute(TOMBSTONE, key).fetchone() is not None


def store(conn: sqlite3.Connection, reading: Reading, changes: Changes, *, run_id: int | None) -> tuple[str, ...]:
    """Write a reading with its ledger row; the answer is the names under which it is to be counted.

    What the caller judged is judged again here, where nobody else can write. What the search index needs is left
    in ``changes``.
    """
    if taken_down(conn, reading.key):
        conn.execute(LEDGER_TAKEN_DOWN, reading.key)
        return ("taken_down",)
    known = held(conn, reading.key)
    crawled = run_id is not None
    done = _insert(conn, reading, changes) if known is None else _compare(conn, reading, known, changes, crawled)
    conn.execute(LEDGER_HELD, reading.ledger | {"run_id": run_id})
    return done


def _insert(conn: sqlite3.Connection, reading: Reading, changes: Changes) -> tuple[str, ...]:
    original = _original(conn, reading.content_hash) if reading.columns["body"] is not None else None
    row = reading.columns | {"page_id": _insert_page(conn, reading), "original": original}
    article_id = int(conn.execute(INSERT_ARTICLE, row).lastrowid or 0)
    names.put(conn, article_id, tags=reading.tags, sections=reading.sections)
    changes.add(article_id, reading.texts)
    return ("new",) if original is None else ("new", "duplicate")


def _compare(
    conn: sqlite3.Connection,
    reading: Reading,
    known: Held,
    changes: Changes,
    crawled: bool,  # noqa: FBT001 -- the one caller names it
) -> tuple[str, ...]:
    """A page replaces a dump, never the other way; of two pages the later is the article, the earlier a revision.

    What was just ``crawled`` is the later one, whatever the clock says: a clock may have been put back.
    """
    same = reading.content_hash == known.content_hash
    if known.dump and not reading.dump:
        _replace(conn, reading, known, changes)
    elif same or (reading.dump and not known.dump):
        same = True
    elif crawled or reading.seen >= known.last_seen:
        _replace(conn, reading, known, changes)
    else:
        same = not _insert_earlier(conn, reading, known)
    conn.execute(SEEN, (reading.seen, known.id))
    if crawled and reading.columns["url"]:
        conn.execute(MOVED, (reading.columns["url"], known.id))
    return ("unchanged",) if same else ("revised",)


def _replace(conn: sqlite3.Connection, reading: Reading, known: Held, changes: Changes) -> None:
    if reading.content_hash != known.content_hash:
        tags = _json(names.tags_of(conn, known.id))
        conn.execute(INSERT_REVISION, known._asdict() | {"seen": known.last_seen, "tags": tags})
    changes.remove(known.id, known.texts)
    conn.execute(REPLACE_ARTICLE, reading.columns | {"id": known.id, "page_id": _insert_page(conn, reading)})
    names.put(conn, known.id, tags=reading.tags, sections=reading.sections)
    changes.add(known.id, reading.texts)
    relink(conn, {known.content_hash, reading.content_hash})


def relink(conn: sqlite3.Connection, hashes: set[str]) -> None:
    """Link anew the articles that say the same, for each of these hashes."""
    for content_hash in hashes:
        conn.execute(RELINK, {"content_hash": content_hash, "original": _original(conn, content_hash)})


def _insert_earlier(conn: sqlite3.Connection, reading: Reading, known: Held) -> bool:
    """Keep a reading older than the one held as a revision; False where it is one already."""
    if conn.execute(REVISION, (known.id, reading.content_hash)).fetchone():
        return False
    row = {"id": known.id, "page_id": _insert_page(conn, reading), "tags": _json(reading.tags)}
    conn.execute(INSERT_REVISION, reading.columns | row)
    return True


def _original(conn: sqlite3.Connection, content_hash: str) -> int | None:
    row: tuple[int | None] = conn.execute(ORIGINAL, (content_hash,)).fetchone()
    return row[0]


def _insert_page(conn: sqlite3.Connection, reading: Reading) -> int | None:
    if reading.page is None:
        return None
    return insert_page(conn, reading.packed or packed(reading.page))


def insert_page(conn: sqlite3.Connection, ready: PackedPage) -> int | None:
    """Keep a page; the answer is its id."""
    page, *kept = ready
    served = (page.status, page.content_type, page.etag, page.last_modified)
    return conn.execute(INSERT_PAGE, (page.url, utc_text(page.fetched_at), *served, *kept)).lastrowid


def _json(tags: tuple[str, ...]) -> str:
    return json.dumps(tags, ensure_ascii=False)
