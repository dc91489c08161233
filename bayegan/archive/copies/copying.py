"""Copies found as articles arrive: whatever is added to the index is signed, and compared with who shares its keys.

Every step is bounded, whatever the archive holds: a key gives its newest 8 articles, of all that share two keys those
with the most are looked at, and the likeliest ten of these are compared word by word. So a phrase that every report
has costs no more than a rare one; it only finds what arrived lately.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from bayegan.archive import header
from bayegan.archive.copies import groups, shingles
from bayegan.archive.copies.shingles import pieces, pieces_of, shared
from bayegan.archive.copies.signatures import Signature, likeness, signature

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from bayegan.archive.copies.shingles import Pieces

OF_ONE_KEY: Final = 8
SHARED_KEYS: Final = 2
LOOKED_AT: Final = 24
COMPARED: Final = 10
LIKE: Final = 5  # numbers of 64: by chance two texts share none or one
BATCH: Final = 200
# Texts that go through every step of signing: an opening, an ending, a text that is short.
PROBES: Final = (
    "به گزارش خبرگزاری ما، " + " ".join(f"واژه‌ی {number}" for number in range(200)) + ". انتهای پیام/ ۱۲",
    "نمایی از پل تازه رودخانه پس از گشایش",
)
NO_END: Final = (1 << 63) - 1

ADD_SKETCH: Final = "INSERT OR REPLACE INTO signatures (article_id, sketch) VALUES (?, ?)"
ADD_BAND: Final = "INSERT OR IGNORE INTO bands (band, article_id) VALUES (?, ?)"
ADD_COPY: Final = "INSERT OR REPLACE INTO copies (article_id, other_id, share, back) VALUES (?, ?, ?, ?)"
FORGET_SKETCH: Final = "DELETE FROM signatures WHERE article_id = ?"
FORGET_BAND: Final = "DELETE FROM bands WHERE band = ? AND article_id = ?"
CANDIDATES: Final = """
    SELECT article_id, sketch FROM (
        SELECT bands.article_id, count(*) AS keys
        FROM json_each(:keys) AS mine CROSS JOIN bands ON bands.band = mine.value AND bands.article_id < :below
            AND bands.article_id >= coalesce((
                SELECT article_id FROM bands WHERE band = mine.value AND article_id < :below
                ORDER BY article_id DESC LIMIT 1 OFFSET :more), 0)
        WHERE bands.article_id <> :id
        GROUP BY bands.article_id HAVING count(*) >= :enough
        ORDER BY count(*) DESC, bands.article_id DESC LIMIT :most
    ) JOIN signatures USING (article_id)
"""
TEXTS: Final = "SELECT title, lead, body FROM articles WHERE id = ?"
ALL_TEXTS: Final = "SELECT id, title, lead, body FROM articles WHERE id > ? ORDER BY id LIMIT ?"
EMPTY: Final = (
    "DELETE FROM bands",
    "DELETE FROM signatures",
    "DELETE FROM copies",
    "DELETE FROM copy_groups",
    "DELETE FROM copy_algorithm",
)
# While all is made anew: the keys of every article, in the order of the articles.
OPEN_KEYS: Final = "CREATE TEMP TABLE keys_anew (article_id INTEGER NOT NULL, band INTEGER NOT NULL)"
ADD_KEY: Final = "INSERT INTO temp.keys_anew (article_id, band) VALUES (?, ?)"
SORT_KEYS: Final = """
    INSERT OR IGNORE INTO bands (band, article_id) SELECT band, article_id FROM temp.keys_anew ORDER BY band, article_id
"""
ALL_KEYS: Final = "SELECT article_id, band FROM temp.keys_anew ORDER BY rowid"
CLOSE_KEYS: Final = "DROP TABLE temp.keys_anew"
SKETCH: Final = "SELECT sketch FROM signatures WHERE article_id = ?"
SIGN: Final = "INSERT INTO copy_algorithm (name) VALUES (?)"
SIGNED: Final = "SELECT name FROM copy_algorithm"


def follow(conn: sqlite3.Connection, steps: Iterable[tuple[bool, Sequence[Any]]]) -> None:
    """Do what was done to the index, inside the caller's transaction, once the articles' rows are written.

    A step says whether an article comes or goes, and holds its id and its folded title, lead and body; an article goes
    with the texts that it came with.
    """
    gone: dict[int, Sequence[str]] = {}
    come: dict[int, Sequence[str]] = {}
    for comes, step in steps:
        article_id, texts = step[0], step[1:]
        if comes:
            come[article_id] = texts
        elif come.pop(article_id, None) is None:
            gone[article_id] = texts
    for article_id, texts in gone.items():
        forget(conn, article_id, pieces(texts))
    enter(conn, {article_id: pieces(texts) for article_id, texts in come.items()})


def forget(conn: sqlite3.Connection, article_id: int, held: Pieces) -> None:
    if held.held:
        keys = signature(held.held).keys
        conn.executemany(FORGET_BAND, ((key, article_id) for key in keys))
    conn.execute(FORGET_SKETCH, (article_id,))
    groups.leave(conn, article_id)


def enter(conn: sqlite3.Connection, come: Mapping[int, Pieces]) -> None:
    """Sign articles, and tie each to its copies: also to those that come with it."""
    signed = {article_id: signature(one.held) for article_id, one in come.items() if one.held}
    conn.executemany(ADD_SKETCH, ((article_id, one.sketch) for article_id, one in signed.items()))
    conn.executemany(ADD_BAND, sorted((key, article_id) for article_id, one in signed.items() for key in one.keys))
    for article_id, one in signed.items():
        _tie(conn, article_id, candidates(conn, article_id, one), come)


def candidates(conn: sqlite3.Connection, article_id: int, one: Signature, below: int = NO_END) -> list[int]:
    """The ids ``below`` a bound that are to be compared, the likeliest first, at most ten."""
    values = {
        "keys": json.dumps(one.keys),
        "id": article_id,
        "below": below,
        "more": OF_ONE_KEY - 1,
        "enough": min(SHARED_KEYS, len(one.keys)),
        "most": LOOKED_AT,
    }
    rows = conn.execute(CANDIDATES, values).fetchall()
    likely = sorted(((likeness(one.sketch, sketch), other) for other, sketch in rows), reverse=True)
    return [other for alike, other in likely[:COMPARED] if alike >= LIKE]


def rebuild(conn: sqlite3.Connection) -> None:
    """Sign every article anew and find all copies again, inside the caller's transaction.

    As if all arrived in the order of their ids, but the keys are written sorted, once: one by one, each article would
    have some thirty pages of the file written.
    """
    for statement in (*EMPTY, OPEN_KEYS):
        conn.execute(statement)
    conn.execute(SIGN, (algorithm(),))
    last = 0
    while rows := conn.execute(ALL_TEXTS, (last, BATCH)).fetchall():
        _sign(conn, {article_id: pieces_of(texts) for article_id, *texts in rows})
        last = rows[-1][0]
    conn.execute(SORT_KEYS)
    for article_id, keys in groupby(conn.execute(ALL_KEYS), itemgetter(0)):
        sketch = conn.execute(SKETCH, (article_id,)).fetchone()[0]
        one = Signature(tuple(key for _, key in keys), sketch)
        _tie(conn, article_id, candidates(conn, article_id, one, below=article_id), {})
    conn.execute(CLOSE_KEYS)


def _sign(conn: sqlite3.Connection, come: Mapping[int, Pieces]) -> None:
    signed = [(article_id, signature(one.held)) for article_id, one in come.items() if one.held]
    conn.executemany(ADD_SKETCH, ((article_id, one.sketch) for article_id, one in signed))
    conn.executemany(ADD_KEY, ((article_id, key) for article_id, one in signed for key in one.keys))


def _tie(conn: sqlite3.Connection, article_id: int, others: Iterable[int], known: Mapping[int, Pieces]) -> None:
    """Tie an article to those of the others that share enough with it; the ``known`` need not be read again."""
    one: Pieces | None = None
    for other_id in others:
        one = one or _pieces(conn, article_id, known)
        found = shared(one, _pieces(conn, other_id, known))
        if found is None:
            continue
        conn.execute(ADD_COPY, (article_id, other_id, found.share, found.back))
        conn.execute(ADD_COPY, (other_id, article_id, found.back, found.share))
        if found.is_same:
            groups.join(conn, article_id, other_id)


def _pieces(conn: sqlite3.Connection, article_id: int, known: Mapping[int, Pieces]) -> Pieces:
    return known.get(article_id) or pieces_of(conn.execute(TEXTS, (article_id,)).fetchone() or ())


def is_current(conn: sqlite3.Connection) -> bool:
    """Whether the archive was signed, and its texts compared, as this bayegan does."""
    return bool(conn.execute(SIGNED).fetchall() == [(algorithm(),)])


@cache
def algorithm() -> str:
    """How copies are found, told by what is found by and by signatures themselves.

    Libraries change their hashes from version to version, and say so nowhere that a program could ask.
    """
    signed = (signature(pieces_of([probe]).held) for probe in PROBES)
    made = crc32(json.dumps([(one.keys, one.sketch.hex()) for one in signed]).encode())
    return f"fold {header.FOLD_VERSION}, MinHash {made:08x}, copied {shingles.COPIED}, same {shingles.SAME}"
