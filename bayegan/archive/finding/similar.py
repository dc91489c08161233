"""Articles like one: those that share its most telling words.

A word tells the more of an article the more often it stands there and the fewer others have it (tf-idf). Measured on
233 real articles cut in two, asking with the first half (it has the title) which of the 465 others is the second:
first in 71 of 100 with 16 words, and among the first five in 91; 5 words 66 and 86, 25 words 72 and 91.

What it costs does not grow with the archive: how common a word is, is estimated from the first articles that have
it, and words are taken only until they lead to 10,000 articles.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from math import log
from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import fetching, selecting
from bayegan.attention.function_words import FUNCTION_WORDS
from bayegan.search import Filter
from crawler.errors import UsageError
from crawler.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from bayegan.archive.finding.snippets import Mark
    from bayegan.archive.index import Texts
    from bayegan.archive.reading import Key
    from bayegan.archive.rows import Hit

WORDS: Final = 16
SHORTEST: Final = 2  # letters of a word
TITLE: Final = 3  # times that a word of the title counts
SAMPLE: Final = 500  # articles that say how common a word is
MOST: Final = 10_000  # articles that the words lead to, together
LEAST: Final = 0.1  # of what the rarest word tells
WORD: Final = re.compile(r"[^\W_]+")

ARTICLE: Final = "SELECT id, title, lead, body FROM articles WHERE agency = ? AND news_code = ?"
LAST_ID: Final = "SELECT coalesce(max(id), 0) FROM articles"
FIRST: Final = """
    SELECT count(*), coalesce(max(rowid), 1) FROM (
        SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid LIMIT ?)
"""
LIKE: Final = """
    SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match AND rowid <> :id
    ORDER BY bm25(articles_fts, 1.0, 8.0, 3.0), rowid DESC LIMIT :limit
"""
SHARING: Final = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH :words AND rowid <> :id"
AMONG: Final = "articles.id IN (SELECT value FROM json_each(:among))"
LIKE_AMONG: Final = """
    SELECT rowid FROM articles_fts
    WHERE articles_fts MATCH :match AND +rowid IN (SELECT value FROM json_each(:among))
    ORDER BY bm25(articles_fts, 1.0, 8.0, 3.0), rowid DESC LIMIT :limit
"""


def similar(conn: sqlite3.Connection, key: Key, filters: Filter, mark: Mark) -> list[Hit]:
    """Find articles like one that pass the filters, the likest first and itself not among them, up to the limit.

    [] where it is not held, or shares no telling word with another. Raises UsageError for a page behind the first.
    """
    if filters.after:
        raise UsageError("Articles like one come on one page: leave out the token, and ask for more with the limit.")
    article = conn.execute(ARTICLE, key).fetchone()
    words = _telling(conn, article[1:]) if article else []
    if not words:
        return []
    match = " OR ".join(f'"{word}"' for word in words)
    ids = _likest(conn, article[0], match, filters)
    return fetching.hits(conn, ids, match, mark)


def _likest(conn: sqlite3.Connection, article_id: int, match: str, filters: Filter) -> list[int]:
    bound = {"match": match, "id": article_id, "limit": -1 if filters.limit is None else filters.limit}
    if replace(filters, limit=None, sort="newest") == Filter():
        return _ids(conn.execute(LIKE, bound))
    sharing = _ids(conn.execute(SHARING, {"words": match, "id": article_id}))
    sql, values = selecting.statement(conn, selecting.IDS, filters, more=AMONG)
    among = _ids(conn.execute(sql, values | {"among": json.dumps(sharing)}))
    return _ids(conn.execute(LIKE_AMONG, bound | {"among": json.dumps(among)}))


def _ids(rows: Iterable[tuple[int]]) -> list[int]:
    return [article_id for (article_id,) in rows]


def _telling(conn: sqlite3.Connection, texts: Texts) -> list[str]:
    """The most telling words, each in another article too, as far as the room for their articles goes."""
    chosen: list[str] = []
    room = MOST
    for word in _by_weight(conn, texts):
        articles = _first(conn, word, room + 1)[0]
        if articles <= room:
            chosen.append(word)
            room -= articles
        if len(chosen) == WORDS:
            break
    return chosen


def _by_weight(conn: sqlite3.Connection, texts: Texts) -> list[str]:
    last = conn.execute(LAST_ID).fetchone()[0]
    title, lead, body = (WORD.findall(fold(text or "")) for text in texts)
    words = (word for word in (*title * TITLE, *lead, *body) if len(word) >= SHORTEST)
    times = Counter(word for word in words if word not in FUNCTION_WORDS)
    common = {word: _common(conn, word, last) for word in times}
    telling = {word: log((last + 1) / articles) for word, articles in common.items() if 1 < articles <= MOST}
    least = max(telling.values(), default=0) * LEAST
    kept = (word for word, tells in telling.items() if tells >= least)
    return sorted(kept, key=lambda word: (-times[word] * telling[word], word))


def _common(conn: sqlite3.Connection, word: str, last: int) -> float:
    """How many articles have a word, estimated from how far the first of them reach."""
    articles, reached = _first(conn, word, SAMPLE)
    return articles if articles < SAMPLE else articles * last / reached


def _first(conn: sqlite3.Connection, word: str, most: int) -> tuple[int, int]:
    """How many articles have a word, no more than are asked for, and the id of the last of them."""
    row: tuple[int, int] = conn.execute(FIRST, (f'"{word}"', most)).fetchone()
    return row
