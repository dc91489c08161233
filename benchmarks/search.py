"""How fast a large archive answers, how large its index is and what that costs a crawl: `python -m benchmarks.search`.

    python -m benchmarks.search [--articles 1000000] [--folder data/synthetic] [--again]
        [--queries 200] [--only WORDS] [--check]

The archive is made where it is not there yet (`benchmarks.million`). Each query is asked three times and the quickest
answer counts: what is measured is a warm cache. With --check it ends with 1 where what does not depend on the machine
is not as it should be: the index's share of the text, and how many rows a search passes.
"""

from __future__ import annotations

import argparse
import sys
from statistics import median, quantiles
from time import process_time
from typing import TYPE_CHECKING, Final

from bayegan import open_archive
from bayegan.search import Filter, asked
from benchmarks import indexing, million, vocabulary
from benchmarks.measure import show
from benchmarks.queries import PAGE, kinds
from benchmarks.synthetic import Recipe

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.archive.reader import Archive
    from benchmarks.queries import Kind

ROUNDS: Final = 3
LARGEST: Final = 0.5  # the index, of the text of few articles: each word's own entry weighs more there
PATIENCE: Final = 1_000  # ms, after which a query is not asked again
HEADS: Final = ("query", "hits", "p50", "p95", "most", "aim")


def speed(path: Path, recipe: Recipe, queries: int, only: str) -> None:
    with open_archive(path) as archive:
        wanted = [kind for kind in kinds(archive, recipe, queries) if only in kind.name]
        rows = [_row(archive, kind) for kind in wanted]
    title = f"ms to search {recipe.articles:,} articles; aims: 95 of 100 queries, at a million"
    show(title, HEADS, rows, note=f"the quickest of {ROUNDS}")


def _row(archive: Archive, kind: Kind) -> list[str]:
    spent = [_milliseconds(archive, kind, query) for query in kind.queries]
    hits = [archive.count(query) for query in kind.queries if isinstance(query, Filter)]
    figures = (median(spent), quantiles(spent, n=20)[-1], max(spent))
    row = [kind.name, f"{median(hits):,.0f}" if hits else "", *(f"{one:.1f}" for one in figures), str(kind.aim or "")]
    print(*row, sep="\t", file=sys.stderr)
    return row


def _milliseconds(archive: Archive, kind: Kind, query: object) -> float:
    spent: list[float] = []
    while len(spent) < ROUNDS and sum(spent) < PATIENCE:
        began = process_time()
        kind.ask(archive, query)
        spent.append((process_time() - began) * 1000)
    return min(spent)


def wrong(path: Path, recipe: Recipe, share: float) -> list[str]:
    """What is not as it should be on any machine, a sentence each."""
    faults = []
    if share > LARGEST:
        faults.append(f"The index is {share:.0%} of the text: more than {LARGEST:.0%}.")
    word = vocabulary.words(recipe.vocabulary, recipe.seed)[0]
    with open_archive(path) as archive:
        query = asked(word, {"limit": PAGE})
        hits, done = archive.count(query), instructions(archive, query)
    if done > hits:
        faults.append(f"{PAGE} of the {hits:,} hits of «{word}» took SQLite {done:,} instructions: it reads them all.")
    return faults


def instructions(archive: Archive, query: Filter) -> int:
    """How many instructions SQLite follows to find a page of hits."""
    done = 0

    def count() -> None:
        nonlocal done
        done += 1

    archive.db.conn.set_progress_handler(count, 1)
    archive.find(query)
    archive.db.conn.set_progress_handler(None, 1)
    return done


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, parents=[million.asked()])
    parser.add_argument("--queries", type=int, default=200, help="of each kind")
    parser.add_argument("--only", default="", help="the kinds whose names hold this")
    parser.add_argument("--check", action="store_true", help="end with 1 where the structure is not as it should be")
    given = parser.parse_args()
    recipe = Recipe(articles=given.articles)
    path = million.archive(recipe, given.folder, again=given.again)
    speed(path, recipe, given.queries, given.only)
    share = indexing.report(path, recipe)
    if given.check and (faults := wrong(path, recipe, share)):
        sys.exit("\n".join(faults))
