"""What the search index of an archive weighs, and what it costs a crawl to feed it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from time import process_time
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch

from bayegan.archive.copies import copying
from bayegan.archive.index import Changes
from bayegan.archive.writer import Writer
from benchmarks.measure import show
from benchmarks.synthetic import Recipe, articles

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BATCH: Final = 100  # articles a transaction, as in a crawl
BATCHES: Final = 30
LARGEST: Final = 0.45  # of the text
DEAREST: Final = (0.5, None)  # ms an article: for the index and the joined words, and for copies
TOGETHER: Final = "together"

TEXT: Final = "SELECT sum(length(CAST(title || lead || body AS BLOB))) FROM articles"
# What search needs of each table, in bytes, without what SQLite puts around its rows.
WEIGHTS: Final = {
    "index": "SELECT sum(length(block)) FROM articles_fts_data",
    "lengths of texts": "SELECT sum(length(sz) + 4) FROM articles_fts_docsize",
    "joined words": "SELECT sum(length(CAST(glued || parts AS BLOB)) + 2) FROM joined_words",
}


def weights(path: Path) -> dict[str, float]:
    """Shares of the text's own bytes, their sum last."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as conn:
        text = conn.execute(TEXT).fetchone()[0]
        shares = {name: (conn.execute(statement).fetchone()[0] or 0) / text for name, statement in WEIGHTS.items()}
    return shares | {TOGETHER: sum(shares.values())}


def milliseconds(path: Path, recipe: Recipe) -> dict[str, float]:
    """CPU an article; the batches are written into the archive one after the other, and taken back at the end."""
    more = list(articles(Recipe(articles=BATCH * BATCHES, seed=recipe.seed + 1)))
    texts = [(one.title, one.lead, one.body) for one in more]
    copies = _Timed(copying.follow)
    with Writer(path) as writer, patch.object(copying, "follow", copies):
        conn = writer.conn
        first = 1 + int(conn.execute("SELECT max(id) FROM articles").fetchone()[0])
        conn.execute("BEGIN IMMEDIATE")
        began = process_time()
        for begin in range(0, len(texts), BATCH):
            changes = Changes()
            for number, three in enumerate(texts[begin : begin + BATCH], start=first + begin):
                changes.add(number, three)
            changes.write(conn)
            conn.execute("SAVEPOINT written")  # FTS5 keeps what it is told in memory until now
        spent = process_time() - began
        conn.execute("ROLLBACK")
    an_article = 1000 / len(texts)
    return {"index and joined words": (spent - copies.spent) * an_article, "copies": copies.spent * an_article}


class _Timed:
    """A function that says how long it took, all calls together."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function
        self.spent = 0.0

    def __call__(self, *given: Any) -> None:
        began = process_time()
        self.function(*given)
        self.spent += process_time() - began


def report(path: Path, recipe: Recipe) -> float:
    """Print both; the answer is the index's share of the text."""
    shares = weights(path)
    rows = [[name, f"{share:.1%}", f"{LARGEST:.0%}" if name == TOGETHER else ""] for name, share in shares.items()]
    show("What search keeps, in shares of the text", ["of the text", "share", "aim"], rows, note="bytes of payload")
    costs = milliseconds(path, recipe)
    rows = [[name, f"{cost:.2f}", str(aim or "")] for (name, cost), aim in zip(costs.items(), DEAREST, strict=True)]
    show(f"ms an article in batches of {BATCH}", ["to feed", "ms", "aim"], rows, note="CPU time")
    return shares[TOGETHER]
