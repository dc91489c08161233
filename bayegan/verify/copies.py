"""Signatures, copies and groups against the texts: what they hold is what today's bayegan makes of the articles.

An article whose text is damaged is passed over: that is told of the text, and where the text is mended its signature is
right again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from bayegan.archive.copies import copying
from bayegan.archive.copies.groups import united
from bayegan.archive.copies.shingles import SAME, pieces_of, shared
from bayegan.archive.copies.signatures import signature
from bayegan.archive.finding.fetching import TAGS
from bayegan.archive.identity import content_hash
from bayegan.verify.checks import Check, Finding, Kind, named, walk
from crawler.items import Article

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from bayegan.archive.copies.shingles import Pieces
    from bayegan.archive.copies.signatures import Signature
    from bayegan.verify.checks import Look, Repair

TEXTS: Final = "SELECT id, title, lead, body FROM articles WHERE id > :after ORDER BY id LIMIT :size"
COUNT: Final = "SELECT count(*) FROM articles"
OWNER: Final = "SELECT agency, news_code FROM articles WHERE id = ?"
HASHED: Final = "SELECT kicker, title, lead, body, content_hash FROM articles WHERE id = ?"
SKETCH: Final = "SELECT sketch FROM signatures WHERE article_id = ?"
KEYS_HELD: Final = """
    SELECT count(*) FROM json_each(?) AS mine JOIN bands ON bands.band = mine.value AND bands.article_id = ?
"""
# Rows of articles that are not there.
SURPLUS: Final = """
    SELECT 'signatures' FROM signatures WHERE article_id NOT IN (SELECT id FROM articles)
    UNION SELECT 'copies' FROM copies
        WHERE article_id NOT IN (SELECT id FROM articles) OR other_id NOT IN (SELECT id FROM articles)
    UNION SELECT 'copy_groups' FROM copy_groups WHERE article_id NOT IN (SELECT id FROM articles)
"""
BANDS: Final = "SELECT count(*) FROM bands"
# A pair stands twice, once from either side, or something of it is lost.
TIED: Final = """
    SELECT other_id, share, back, EXISTS (
        SELECT 1 FROM copies AS mirror WHERE mirror.article_id = copies.other_id AND mirror.other_id = copies.article_id
            AND mirror.share = copies.back AND mirror.back = copies.share)
    FROM copies WHERE article_id = ?
"""
CROWDED: Final = """
    SELECT EXISTS (SELECT 1 FROM json_each(:keys) AS mine WHERE
        (SELECT count(*) FROM (SELECT 1 FROM bands WHERE band = mine.value LIMIT :more)) = :more)
"""
TIES: Final = "SELECT article_id, other_id FROM copies WHERE article_id < other_id AND share >= ?1 AND back >= ?1"
GROUPS: Final = "SELECT article_id, group_id FROM copy_groups"

AGAIN: Final = "Run it again with --repair: all copies are looked for anew."
OTHER_VERSION: Final = "the copies were looked for by another version"


def _find(look: Look) -> Iterator[Finding]:
    if not copying.is_current(look.conn):
        yield Finding(SIGNATURE, None, OTHER_VERSION)
        return
    bands = 0
    for batch in walk(look, TEXTS, COUNT):
        for row, *texts in batch:
            held = pieces_of(texts)
            signed = signature(held.held) if held.held else None
            bands += len(set(signed.keys)) if signed else 0
            yield from _of_article(look.conn, row, held, signed)
    yield from _surplus(look.conn, bands)
    yield from _misgrouped(look.conn)


def _of_article(conn: sqlite3.Connection, row: int, held: Pieces, signed: Signature | None) -> Iterator[Finding]:
    wrong = _unlike(conn, row, signed)
    ties = conn.execute(TIED, (row,)).fetchall()
    tied = {other for other, *_ in ties}
    mistold = any(
        not mirrored or shared(held, _pieces(conn, other)) != tuple(found) for other, *found, mirrored in ties
    )
    if (wrong or mistold) and any(_is_damaged(conn, one) for one in (row, *tied)):
        return
    if wrong:
        yield Finding(SIGNATURE, _where(conn, row), "its signature is another text's", row)
    elif mistold:
        yield Finding(COPY, _where(conn, row), "it shares another part of its text with its copies than is told", row)
    elif signed and any(_is_missing(conn, row, other) for other in _untied(conn, row, held, signed) - tied):
        yield Finding(COPY, _where(conn, row), "one of its copies is not told", row)


def _unlike(conn: sqlite3.Connection, row: int, signed: Signature | None) -> bool:
    sketch = conn.execute(SKETCH, (row,)).fetchone()
    if signed is None:
        return sketch is not None
    keys = set(signed.keys)
    return bool(
        sketch != (signed.sketch,) or conn.execute(KEYS_HELD, (json.dumps(list(keys)), row)).fetchone() != (len(keys),)
    )


def _untied(conn: sqlite3.Connection, row: int, held: Pieces, signed: Signature) -> set[int]:
    """Earlier articles that it shares text with; none where so many are alike that not all of them are looked for."""
    if _is_crowded(conn, signed):
        return set()
    found = copying.candidates(conn, row, signed)
    if len(found) == copying.COMPARED:
        return set()
    return {other for other in found if other < row and shared(held, _pieces(conn, other))}


def _is_missing(conn: sqlite3.Connection, row: int, other: int) -> bool:
    """Whether the other one's search had to find it as well, and both are sound."""
    signed = signature(_pieces(conn, other).held)
    if _is_crowded(conn, signed) or _unlike(conn, other, signed):
        return False
    if len(copying.candidates(conn, other, signed)) == copying.COMPARED:
        return False
    return not any(_is_damaged(conn, one) for one in (row, other))


def _surplus(conn: sqlite3.Connection, bands: int) -> Iterator[Finding]:
    for (table,) in conn.execute(SURPLUS):
        yield Finding(COPY_OF_NOTHING, None, f"{table} has rows of what is no article")
    held = conn.execute(BANDS).fetchone()[0]
    if held > bands:
        yield Finding(COPY_OF_NOTHING, None, f"bands has {held - bands} rows that no text gives")


def _misgrouped(conn: sqlite3.Connection) -> Iterator[Finding]:
    expected = united(conn.execute(TIES, (SAME,)))
    told = dict(conn.execute(GROUPS).fetchall())
    for row in sorted(row for row in expected.keys() | told.keys() if expected.get(row) != told.get(row)):
        if _where(conn, row):
            yield Finding(GROUP, _where(conn, row), "it is in another group than its copies", row)


def _is_crowded(conn: sqlite3.Connection, signed: Signature) -> bool:
    values = {"keys": json.dumps(signed.keys), "more": copying.OF_ONE_KEY + 1}
    return bool(conn.execute(CROWDED, values).fetchone()[0])


def _is_damaged(conn: sqlite3.Connection, row: int) -> bool:
    """Whether an article is not what its hash says."""
    kicker, title, lead, body, digest = conn.execute(HASHED, (row,)).fetchone() or (None,) * 5
    tags = tuple(tag for _, tag in conn.execute(TAGS, (json.dumps([row]),)))
    return content_hash(Article(kicker=kicker, title=title, lead=lead, body=body, tags=tags)) != digest


def _pieces(conn: sqlite3.Connection, row: int) -> Pieces:
    return pieces_of(conn.execute(copying.TEXTS, (row,)).fetchone() or ())


def _where(conn: sqlite3.Connection, row: int) -> str | None:
    return named(*(conn.execute(OWNER, (row,)).fetchone() or (None, None)))


def _rebuild(repair: Repair, _: Iterator[Finding]) -> None:
    copying.rebuild(repair.conn)


SIGNATURE: Final = Kind(name="signature", mend=_rebuild, advice=AGAIN)
COPY: Final = Kind(name="copy", mend=_rebuild, advice=AGAIN)
COPY_OF_NOTHING: Final = Kind(name="copy of nothing", mend=_rebuild, advice=AGAIN)
GROUP: Final = Kind(name="group of copies", mend=_rebuild, advice=AGAIN)

CHECKS: Final = (
    Check(
        name="copies",
        kinds=(SIGNATURE, COPY, COPY_OF_NOTHING, GROUP),
        find=_find,
        quick=False,
        broken_off=SIGNATURE,
    ),
)
