"""The archive's own joined words: what its texts write with a non-joiner, and in how many articles.

«بین⟨ZWNJ⟩المللی» is indexed as two words, and kept here as ``بینالمللی | بین المللی``. A query that lost the
non-joiner, or has a space for it, learns from here how else the word is written, by one look at the primary key.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.text import UNSEEN, fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

Texts = tuple[str | None, str | None, str | None]
Joined = Counter[str]  # parts, with a space between: how many articles more (or less) hold them

CREATE: Final = """
    CREATE TABLE joined_words (
        glued TEXT NOT NULL,
        parts TEXT NOT NULL,
        articles INTEGER NOT NULL,
        PRIMARY KEY (glued, parts)
    ) STRICT, WITHOUT ROWID
"""
CHANGE: Final = """
    INSERT INTO joined_words (glued, parts, articles) VALUES (?, ?, ?)
    ON CONFLICT (glued, parts) DO UPDATE SET articles = articles + excluded.articles
"""
FORGET: Final = "DELETE FROM joined_words WHERE glued = ? AND parts = ? AND articles <= 0"
FORGET_ALL: Final = "DELETE FROM joined_words"
ALL: Final = "SELECT glued, parts, articles FROM joined_words"
TEXTS: Final = "SELECT title, lead, body FROM articles"

MOST_LETTERS: Final = 60  # what is longer was written by a machine that takes every space for a non-joiner
MOST_PARTS: Final = 5
BATCH: Final = 2_000

_OTHER_MARKS: Final = re.compile(f"[{re.escape(UNSEEN.replace(chr(0x200C), ''))}\u00a0]")
_JOINED: Final = re.compile(r"[^\W_]+(?: +[^\W_]+)+")


def joined(texts: Texts) -> list[str]:
    r"""Give every joined word of an article once, folded, its parts with a space between.

    A change of the answer needs a new ``FOLD_VERSION``: what an article brought is taken away again by this.

    >>> sorted(joined(("مي\u200cرود، مي\u200cرود", None, "«بین\u00acالمللی»")))
    ['بین المللی', 'می رود']
    """
    text = _OTHER_MARKS.sub("\u200c", "\n".join(filter(None, texts)))
    # Cut at white space and folded as one text: a space that is left was an unseen mark.
    words = "\n".join({word for word in text.split() if "\u200c" in word})
    found = {" ".join(parts.split()) for parts in _JOINED.findall(fold(words))} if words else ()
    return [parts for parts in found if len(parts) <= MOST_LETTERS and parts.count(" ") < MOST_PARTS]


def write(conn: sqlite3.Connection, changes: Joined) -> None:
    """Add and take away, inside the caller's transaction; what no article holds any more is forgotten."""
    changed = [(parts.replace(" ", ""), parts, by) for parts, by in changes.items() if by]
    conn.executemany(CHANGE, changed)
    conn.executemany(FORGET, [(glued, parts) for glued, parts, by in changed if by < 0])


def rebuild(conn: sqlite3.Connection) -> None:
    """Gather them anew from all articles, inside the caller's transaction."""
    conn.execute(FORGET_ALL)
    rows = conn.execute(TEXTS)
    while batch := rows.fetchmany(BATCH):
        write(conn, gathered(batch))


def gathered(articles: Iterable[Texts]) -> Joined:
    """Count the articles that hold each joined word."""
    return Counter(parts for texts in articles for parts in joined(texts))
