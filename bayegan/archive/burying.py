"""What was taken down goes from the whole file: rows, names, index, pages, dictionaries, and the bytes of all these."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bayegan.archive import joining, store
from bayegan.archive.faults import told
from bayegan.archive.index import Changes
from bayegan.archive.pages.packing import Unpacking, pack
from bayegan.archive.pages.templates import says_any, sentences
from crawler.errors import ArchiveError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bayegan.archive.reading import Key
    from bayegan.archive.writer import Writer

TEXTS: Final = """
    SELECT title, kicker, lead, body FROM articles WHERE id = :id
    UNION ALL SELECT title, kicker, lead, body FROM revisions WHERE article_id = :id
"""
READINGS: Final = "SELECT count(*) FROM revisions WHERE article_id = ?"
# Those of its readings, and whatever else was served at its address, unless an article still needs it.
PAGES: Final = """
    SELECT page_id FROM articles WHERE id = :id UNION SELECT page_id FROM revisions WHERE article_id = :id
    UNION SELECT pages.id FROM articles JOIN pages USING (url) WHERE articles.id = :id
"""
FORGET: Final = "DELETE FROM articles WHERE id = ?"  # its revisions, and its ties to tags and sections, go with it
FORGET_PAGES: Final = """
    DELETE FROM pages WHERE id IN (SELECT value FROM json_each(?))
        AND NOT EXISTS (SELECT 1 FROM articles WHERE page_id = pages.id)
        AND NOT EXISTS (SELECT 1 FROM revisions WHERE page_id = pages.id)
"""
# The page of a refused reading is kept, to be looked at, without an article.
FORGET_REFUSED: Final = """
    DELETE FROM pages WHERE url = ?
        AND NOT EXISTS (SELECT 1 FROM articles WHERE page_id = pages.id)
        AND NOT EXISTS (SELECT 1 FROM revisions WHERE page_id = pages.id)
"""
FORGET_NAMES: Final = (
    "DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM article_tags WHERE tag_id = tags.id)",
    "DELETE FROM sections WHERE NOT EXISTS (SELECT 1 FROM article_sections WHERE section_id = sections.id)",
)
LEDGER_URL: Final = "SELECT url FROM ledger WHERE agency = ? AND news_code = ?"
CLOSE: Final = """
    UPDATE ledger SET state = 'taken_down', url = ?, error = NULL, status = NULL WHERE agency = ? AND news_code = ?
"""
# Why another article was refused may quote this one's title or address.
UNQUOTE: Final = "UPDATE ledger SET error = NULL WHERE agency = ? AND instr(error, ?)"
TWINS: Final = "SELECT agency, news_code FROM articles WHERE content_hash = ? ORDER BY id"
DICTIONARIES: Final = "SELECT id, body FROM dictionaries WHERE agency = ?"
PACKED_WITH: Final = "SELECT id, body FROM pages WHERE dictionary_id = ?"
PACK_BARE: Final = "UPDATE pages SET body = ?, dictionary_id = NULL WHERE id = ?"
FORGET_DICTIONARY: Final = "DELETE FROM dictionaries WHERE id = ?"

# An address tells the title where it has words of another script, escaped or not, or three words joined.
TELLING: Final = re.compile(r"[^\x00-\x7f]|%[0-9A-Fa-f]{2}|[A-Za-z]{2,}[-_+][A-Za-z]{2,}[-_+][A-Za-z]")

SECURE: Final = "PRAGMA secure_delete = ON"
# A deleted word stands in the index until its segments are merged into one.
OPTIMIZE: Final = "INSERT INTO articles_fts (articles_fts) VALUES ('optimize')"
VACUUM: Final = "VACUUM"
TRUNCATE: Final = "PRAGMA wal_checkpoint(TRUNCATE)"
STILL_READ: Final = (
    "What was taken down is out of {path}, but another program reads the file, and {path}-wal still has the bytes: "
    "let it end, then run the command again."
)


class Removed(NamedTuple):
    """What went with an article, and who says the same and stays."""

    revisions: int
    pages: int
    twins: tuple[Key, ...]


def bury(writer: Writer) -> int:
    """Remove every held article for which a tombstone stands; the answer is how many there were."""
    buried = [(agency, code) for agency, code, _ in joining.held_and_buried(writer.conn)]
    if not buried:
        return 0
    with writer.transaction() as conn:
        for key in buried:
            remove(conn, key)
    wipe(writer)
    return len(buried)


def remove(conn: sqlite3.Connection, key: Key) -> Removed | None:
    """Remove an article from all tables, inside the caller's transaction; None where it is not held.

    The tombstone is the caller's, and so is :func:`wipe`, without which the bytes stay in the file.
    """
    held = store.held(conn, key)
    removed = None if held is None else _remove(conn, key, held)
    row = conn.execute(LEDGER_URL, key).fetchone()
    url = row[0] if row else None
    conn.execute(FORGET_REFUSED, (url,))
    conn.execute(CLOSE, (None if url is None or TELLING.search(url) else url, *key))
    for quoted in filter(None, (url, held and held.title)):
        conn.execute(UNQUOTE, (key[0], quoted))
    return removed


def wipe(writer: Writer) -> None:
    """Have the file hold nothing that no row holds. Takes the time and the room of writing the whole file anew.

    Whoever else writes waits for it. Raises ArchiveError where that cannot be done, or another program's reading keeps
    the log as it is.
    """
    with told(writer.path), writer.alone():
        writer.conn.execute(SECURE)
        with writer.transaction() as conn:
            conn.execute(OPTIMIZE)
        writer.conn.execute(VACUUM)
        busy, *_ = writer.conn.execute(TRUNCATE).fetchone()
    if busy:
        raise ArchiveError(STILL_READ.format(path=writer.path))


def _remove(conn: sqlite3.Connection, key: Key, held: store.Held) -> Removed:
    pages = [page_id for (page_id,) in conn.execute(PAGES, {"id": held.id}) if page_id is not None]
    texts = [text for row in conn.execute(TEXTS, {"id": held.id}) for text in row if text]
    (revisions,) = conn.execute(READINGS, (held.id,)).fetchone()
    changes = Changes()
    changes.remove(held.id, held.texts)
    changes.write(conn)
    conn.execute(FORGET, (held.id,))
    forgotten = conn.execute(FORGET_PAGES, (json.dumps(pages),)).rowcount
    for statement in FORGET_NAMES:
        conn.execute(statement)
    store.relink(conn, {held.content_hash})
    _forget_dictionaries(conn, key[0], texts)
    return Removed(revisions, forgotten, tuple(conn.execute(TWINS, (held.content_hash,)).fetchall()))


def _forget_dictionaries(conn: sqlite3.Connection, agency: str, texts: Iterable[str]) -> None:
    """None of ours holds a text; one that came from elsewhere may, and its pages are packed without it."""
    said = {sentence for text in texts for sentence in sentences(text)}
    for dictionary_id, dictionary in conn.execute(DICTIONARIES, (agency,)).fetchall():
        if not says_any(dictionary, said):
            continue
        unpacking = Unpacking(conn)
        for page_id, body in conn.execute(PACKED_WITH, (dictionary_id,)).fetchall():
            conn.execute(PACK_BARE, (pack(unpacking.served(body, dictionary_id)), page_id))
        conn.execute(FORGET_DICTIONARY, (dictionary_id,))
