"""The search index against the texts: what it holds of each article is what today's fold makes of the article.

FTS5 can compare an index with its table only where the two hold the same text; ours holds folded text. So every
word that the index holds (its row, column and place) is counted into one sum, and what an index made anew from the
articles holds is taken off again: where not all comes out as nothing, the same is done row by row, which takes five
times as long.
"""

from __future__ import annotations

import sqlite3
from array import array
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any, Final

from bayegan.archive import header, index, schema
from bayegan.verify import joined_words
from bayegan.verify.checks import Check, Finding, Kind, named, walk
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayegan.verify.checks import Look, Repair

WORDS: Final = "SELECT term, doc, col, offset FROM temp.held_words"
# A number for each word that no two different lists of its places are likely to share; SQLite makes it ten times as
# fast as we would.
TERMS: Final = """
    SELECT term, sum((doc * 2654435761 % 2147483647)
        * ((offset * 128 + unicode(col)) * (offset * 128 + unicode(col)) % 2147483647) % 2147483647)
    FROM temp.held_words GROUP BY term
"""
OPEN_WORDS: Final = "CREATE VIRTUAL TABLE temp.held_words USING fts5vocab('main', 'articles_fts', 'instance')"
CLOSE_WORDS: Final = "DROP TABLE IF EXISTS temp.held_words"
TEXTS: Final = """
    SELECT articles.id, title, lead, body, sz FROM articles LEFT JOIN articles_fts_docsize USING (id)
    WHERE articles.id > :after ORDER BY articles.id LIMIT :size
"""
COUNT: Final = "SELECT count(*) FROM articles"
SURPLUS: Final = "SELECT id FROM articles_fts_docsize WHERE id NOT IN (SELECT id FROM articles)"
OWNER: Final = "SELECT agency, news_code FROM articles WHERE id = ?"
LAST: Final = "SELECT coalesce(max(id), 0) FROM articles"

# An index of a few articles at a time, in memory, that keeps no text at all.
OPEN_ANEW: Final = """
    CREATE VIRTUAL TABLE anew USING fts5(
        body, title, lead, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn'"
    )
"""
OPEN_ANEW_WORDS: Final = "CREATE VIRTUAL TABLE anew_words USING fts5vocab('anew', 'instance')"
FEED: Final = "INSERT INTO anew (rowid, title, lead, body) VALUES (?, ?, ?, ?)"
EMPTY: Final = "INSERT INTO anew (anew) VALUES ('delete-all')"
ANEW_WORDS: Final = "SELECT term, doc, col, offset FROM anew_words"
ANEW_TERMS: Final = """
    SELECT term, sum((doc * 2654435761 % 2147483647)
        * ((offset * 128 + unicode(col)) * (offset * 128 + unicode(col)) % 2147483647) % 2147483647)
    FROM anew_words GROUP BY term
"""
ANEW_SIZES: Final = "SELECT id, sz FROM anew_docsize"

SIZE: Final = 2000  # articles in memory at a time: the more, the fewer times each word is met
AGAIN: Final = "Run it again with --repair: the index is made anew."
MASK: Final = (1 << 63) - 1


class _Sums:
    """A number for each row: rows up to ``last`` take eight bytes each, those that no article has a little more."""

    def __init__(self, last: int) -> None:
        self._rows = array("q", bytes(8 * (last + 1)))
        self._others: dict[int, int] = {}

    def add(self, words: sqlite3.Cursor, sign: int) -> None:
        rows, others, last = self._rows, self._others, len(self._rows)
        for term, row, col, offset in words:
            # A product, since what is added alone may come out the same for two words in each other's places.
            place = offset * 128 + ord(col[0])
            counted = sign * hash(term) * place * place
            if 0 <= row < last:
                rows[row] = (rows[row] + counted) & MASK
            else:
                others[row] = (others.get(row, 0) + counted) & MASK

    def unlike_nothing(self) -> Iterator[int]:
        yield from (row for row, total in enumerate(self._rows) if total)
        yield from (row for row, total in self._others.items() if total)


def _find(look: Look) -> Iterator[Finding]:
    if schema.fold_of(look.conn) != header.FOLD_VERSION:
        return  # all of it is another fold's, which is told of the database
    with _words(look.conn):
        total = _sum(look.conn.execute(TERMS))
    joined = joined_words.held(look.conn)
    missing: set[int] = set()
    unlike: set[int] = set()
    for beside, batch in _anew(look):
        total -= _sum(beside.execute(ANEW_TERMS))
        joined -= joined_words.owed(texts for _, *texts, _ in batch)
        sizes = dict(beside.execute(ANEW_SIZES))
        missing.update(row for row, *_, size in batch if size is None)
        unlike.update(row for row, *_, size in batch if size is not None and size != sizes[row])
    surplus = {row for (row,) in look.conn.execute(SURPLUS)}
    if total & MASK:
        unlike.update(_differing(look))
    faulty = sorted(unlike | missing | surplus)
    yield from (_finding(look, row, missing, surplus) for row in faulty)
    if total & MASK and not faulty:
        yield Finding(UNLIKE, None, "the search index holds other words than the texts")
    if joined and not faulty:  # else the index is made anew, and they are with it
        yield Finding(joined_words.UNLIKE, None, "the archive holds other joined words than the texts")


def _differing(look: Look) -> Iterator[int]:
    """Every row of which the index holds other words than it should."""
    sums = _Sums(_room(look.conn))
    with _words(look.conn):
        sums.add(look.conn.execute(WORDS), 1)
    for beside, _ in _anew(look):
        sums.add(beside.execute(ANEW_WORDS), -1)
    return sums.unlike_nothing()


def _sum(terms: sqlite3.Cursor) -> int:
    return sum(hash(term) * places for term, places in terms)


def _anew(look: Look) -> Iterator[tuple[sqlite3.Connection, list[Any]]]:
    """Index the articles anew, a batch at a time, beside the archive."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as beside:
        beside.execute(OPEN_ANEW)
        beside.execute(OPEN_ANEW_WORDS)
        for batch in walk(look, TEXTS, COUNT, SIZE):
            beside.execute("BEGIN")
            beside.executemany(FEED, ((row, *(fold(text or "") for text in texts)) for row, *texts, _ in batch))
            beside.execute("COMMIT")
            yield beside, batch
            beside.execute(EMPTY)


def _finding(look: Look, row: int, missing: set[int], surplus: set[int]) -> Finding:
    owner = look.conn.execute(OWNER, (row,)).fetchone()
    if owner is None or row in surplus:
        return Finding(SURPLUS_ROW, None, f"the search index holds row {row}, which is no article", row)
    if row in missing:
        return Finding(MISSING_ROW, named(*owner), "the search index does not hold it", row)
    return Finding(UNLIKE, named(*owner), "the search index holds other words than its texts", row)


def _room(conn: sqlite3.Connection) -> int:
    """The last row that has a place of its own; a single far one must not cost the memory of all before it."""
    last, count = conn.execute(LAST).fetchone()[0], conn.execute(COUNT).fetchone()[0]
    return max(0, min(int(last), 4 * int(count) + 1024))


@contextmanager
def _words(conn: sqlite3.Connection) -> Iterator[None]:
    """Lay the words of the index open, as fast as can be read: a damaged letter is told, not passed over."""
    factory: Any = conn.text_factory
    conn.text_factory = str
    try:
        conn.execute(CLOSE_WORDS)
        conn.execute(OPEN_WORDS)
        yield
        conn.execute(CLOSE_WORDS)
    finally:
        conn.text_factory = factory


def _rebuild(repair: Repair, _: Iterator[Finding]) -> None:
    index.rebuild(repair.conn)


MISSING_ROW: Final = Kind(name="not in the index", mend=_rebuild, advice=AGAIN)
SURPLUS_ROW: Final = Kind(name="index row of nothing", mend=_rebuild, advice=AGAIN)
UNLIKE: Final = Kind(name="index", mend=_rebuild, advice=AGAIN)

CHECKS: Final = (
    Check(
        name="index",
        kinds=(MISSING_ROW, SURPLUS_ROW, UNLIKE, joined_words.UNLIKE),
        find=_find,
        quick=False,
        broken_off=UNLIKE,
    ),
)
