"""How many articles have the commonest words, counted once for every 50,000 ids.

FTS5 counts the hits of a word by passing all of them: 32 ms for a million, and four times that for a word of two
spellings. A block of ids is therefore tallied when the first article of the next one comes: what about a twentieth of
its articles have, by a sample, as an expression that a search for it makes. What is written into a block later takes
its tallies away, so that a tally is right or missing; a block without is counted by FTS5.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import joined_words
from bayegan.archive.finding.compiling import compiled
from bayegan.querying.parsing import parse
from crawler.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator

    from bayegan.archive.finding.joined_words import Texts

BLOCK: Final = 50_000  # ids
SAMPLED: Final = 200  # articles of a block
LEAST: Final = 10  # of these, that have a word that is worth a tally
LEAST_PAIR: Final = 4  # the same of two words side by side, which FTS5 takes five times as long to count
AT_ONCE: Final = 2  # blocks tallied in one transaction: others wait for it
WORD: Final = re.compile(r"[^\W_]+")
END: Final = 2**63 - 1

# The expression '' stands for all articles: a block that has it was tallied.
CREATE: Final = """
    CREATE TABLE tallies (
        expression TEXT NOT NULL,
        block INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        PRIMARY KEY (expression, block)
    ) STRICT, WITHOUT ROWID
"""
TALLIED: Final = "SELECT block, articles FROM tallies WHERE expression = ? ORDER BY block"
IS_TALLIED: Final = "SELECT 1 FROM tallies WHERE expression = '' AND block = ?"
FORGET: Final = "DELETE FROM tallies WHERE block = ?"
FORGET_ALL: Final = "DELETE FROM tallies"
TALLY: Final = "INSERT INTO tallies (expression, block, articles) VALUES (?, ?, ?)"
TALLY_ALL: Final = """
    INSERT INTO tallies (expression, block, articles)
    SELECT '', ?, count(*) FROM articles WHERE id BETWEEN ? AND ?
"""
LAST: Final = "SELECT coalesce(max(id), 0) FROM articles"
TEXTS: Final = "SELECT title, lead, body FROM articles WHERE id IN (SELECT value FROM json_each(?))"
MATCHES: Final = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ?"
MATCHES_BETWEEN: Final = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH ? AND rowid BETWEEN ? AND ?"


def count(conn: sqlite3.Connection, expression: str) -> int:
    """How many articles match: by tallies where there are any, by FTS5 for the rest."""
    known = conn.execute(TALLIED, (expression,)).fetchall()
    if not known:
        return int(conn.execute(MATCHES, (expression,)).fetchone()[0])
    rest = _between([block for block, _ in known])
    return sum(int(articles) for _, articles in known) + sum(matches(conn, expression, gap) for gap in rest)


def follow(conn: sqlite3.Connection, come: Collection[int], gone: Collection[int]) -> None:
    """Keep the tallies right, inside the caller's transaction, when articles with these ids came and went."""
    for block in {article_id // BLOCK for article_id in (*come, *gone)}:
        if conn.execute(IS_TALLIED, (block,)).fetchone():
            conn.execute(FORGET, (block,))
    if any(article_id % BLOCK == 0 for article_id in come):
        tally(conn, AT_ONCE)


def rebuild(conn: sqlite3.Connection) -> None:
    """Tally everything anew, inside the caller's transaction."""
    conn.execute(FORGET_ALL)
    tally(conn)


def tally(conn: sqlite3.Connection, most: int | None = None) -> None:
    """Tally the last ``most`` (or all) of the whole blocks that were not tallied, inside the caller's transaction."""
    done = {block for block, _ in conn.execute(TALLIED, ("",))}
    left = [block for block in range(int(conn.execute(LAST).fetchone()[0]) // BLOCK) if block not in done]
    for block in left[-most:] if most else left:
        expressions = _common(conn, block * BLOCK)
        conn.execute(TALLY_ALL, (block, *bounds(block)))
        conn.executemany(TALLY, [(one, block, matches(conn, one, bounds(block))) for one in expressions])


def bounds(block: int) -> tuple[int, int]:
    """The first and last ids of a block."""
    return block * BLOCK, (block + 1) * BLOCK - 1


def _common(conn: sqlite3.Connection, first: int) -> set[str]:
    """What a twentieth of a block's articles have, as searches for it are compiled."""
    sampled = json.dumps([first + step * (BLOCK // SAMPLED) for step in range(SAMPLED)])
    texts = conn.execute(TEXTS, (sampled,)).fetchall()
    words = Counter(word for three in texts for word in _words(three))
    pairs = Counter(pair for three in texts for pair in _pairs(three))
    typed = [word for word, articles in words.items() if articles >= LEAST]
    typed += [pair for pair, articles in pairs.items() if articles >= LEAST_PAIR]
    return {match for query in typed if (match := compiled(conn, parse(query)).match)}


def _words(texts: Texts) -> set[str]:
    """The words of an article, each once, and the joined ones with non-joiners and without."""
    joined = joined_words.joined(texts)
    whole = WORD.findall(fold("\n".join(filter(None, texts))))
    return {*whole, *(parts.replace(" ", "\u200c") for parts in joined), *(parts.replace(" ", "") for parts in joined)}


def _pairs(texts: Texts) -> set[str]:
    """Two words that stand side by side, as a phrase is typed."""
    words = WORD.findall(fold("\n".join(filter(None, texts))))
    return {f'"{one} {other}"' for one, other in pairwise(words)}


def matches(conn: sqlite3.Connection, expression: str, ids: tuple[int, int]) -> int:
    """How many articles match, from the first of these ids to the last, by FTS5."""
    return int(conn.execute(MATCHES_BETWEEN, (expression, *ids)).fetchone()[0])


def _between(blocks: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The first and last ids of what lies before, between and behind these blocks."""
    begin = 0
    for block in blocks:
        if block > begin:
            yield begin * BLOCK, block * BLOCK - 1
        begin = block + 1
    yield begin * BLOCK, END
