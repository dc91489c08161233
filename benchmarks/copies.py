"""How many edited copies are found, how often what is none is taken for one, and what that costs.

    python -m benchmarks.copies [--articles 10000] [--folder data/synthetic]

Texts are synthetic, and where $BAYEGAN_REAL_PAGES names a folder with fragments/*.jsonl, real ones as well. They are
compared pair by pair; then copies are looked for among that many signatures in a file, made once below the folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import sqlite3
import sys
import time
from contextlib import closing
from itertools import combinations, islice
from pathlib import Path
from statistics import mean, median, quantiles
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from parsel import Selector
from rensa import RMinHash

from bayegan.archive.copies import copying
from bayegan.archive.copies.shingles import Pieces, pieces, pieces_of, shared
from bayegan.archive.copies.signatures import signature
from bayegan.archive.migrations.copies import STATEMENTS
from bayegan.archive.writer import PRAGMAS
from benchmarks import synthetic
from benchmarks.edits import EDITS, LENGTH, edited, member

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bayegan.archive.copies.signatures import Signature

Given = TypeVar("Given")
Made = TypeVar("Made")

REAL: Final = "BAYEGAN_REAL_PAGES"
SYNTHETIC: Final = 200
LONG: Final = range(100, 1000)  # pieces of a text that is edited
BUILT: Final = 5_000  # articles a transaction while the file is made
BATCH: Final = 100  # as a crawl writes
ASKED: Final = 200  # copies of each kind that are looked for among all
NEW: Final = 2_000  # articles that arrive while it is measured


class Way(NamedTuple):
    """Bands of so many rows, of which so many must be shared."""

    bands: int
    rows: int
    needed: int

    @property
    def slots(self) -> int:
        return self.bands * self.rows

    @property
    def name(self) -> str:
        return f"{self.bands} × {self.rows}" + (f", {self.needed} shared" if self.needed > 1 else "")


WAYS: Final = (Way(42, 3, 1), Way(64, 2, 1), Way(32, 2, 1), Way(24, 1, 2), Way(32, 1, 2), Way(40, 1, 2))
OURS: Final = WAYS[4]

Text = tuple[str, str | None, str]  # title, lead, body


def real_texts() -> list[Text]:
    folder = os.environ.get(REAL)
    files = sorted(Path(folder, "fragments").glob("*.jsonl")) if folder else []
    rows = (json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines())
    return [(row["title"], row.get("summary"), _body(row["body_html"])) for row in rows]


def _body(html: str) -> str:
    page = Selector(html)
    paragraphs = (" ".join("".join(one.xpath(".//text()").getall()).split()) for one in page.css("p") or [page])
    return "\n\n".join(filter(None, paragraphs))


def synthetic_texts() -> list[Text]:
    made = islice(synthetic.articles(synthetic.Recipe(articles=SYNTHETIC)), SYNTHETIC)
    return [(one.title or "", one.lead, one.body or "") for one in made]


def shares(held: Pieces, other: Pieces, way: Way) -> bool:
    one, two = (_digest(text, way.slots) for text in (held, other))
    same = (one[at : at + way.rows] == two[at : at + way.rows] for at in range(0, way.slots, way.rows))
    return sum(same) >= way.needed


def _digest(held: Pieces, slots: int) -> list[int]:
    minima = RMinHash(slots, 1)
    minima.update(list(held.held))
    return list(minima.digest())


def show_edits(texts: Sequence[Text]) -> None:
    """Of every hundred copies: how many become candidates each way, are then found to be copies, and tell the same."""
    whole = [text for text in texts if len(pieces_of(text).held) in LONG]
    print(f"{'of ' + str(len(whole)) + ' copies, %':24}", *(f"{way.name:>16}" for way in WAYS), "    copy  same")
    for name, edit in EDITS.items():
        draw = random.Random(name)
        pairs = []
        for title, lead, body in whole:
            copy = "\n\n".join((title, " ".join(edit(body.split(), draw))))
            pairs.append((pieces_of((title, lead, body)), pieces_of((copy,))))
        found = [100 * mean(shares(*pair, way) for pair in pairs) for way in WAYS]
        judged = [shared(*pair) for pair in pairs]
        copies, same = (100 * mean(flags) for flags in zip(*((bool(one), bool(one and one.is_same)) for one in judged)))  # noqa: B905
        print(f"{name:24}", *(f"{one:16.1f}" for one in found), f"{copies:8.1f} {same:5.1f}")


def show_others(texts: Sequence[Text]) -> None:
    """Pairs that nobody copied: how many each way would have to be compared, of a million."""
    held = [one for one in map(pieces_of, texts) if len(one.held) > 1]
    pairs = [pair for pair in combinations(held, 2) if shared(*pair) is None]
    alike = [pair for pair in pairs if len(pair[0].held & pair[1].held) > 1]
    found = [1e6 * sum(shares(*pair, way) for pair in alike) / len(pairs) for way in WAYS]
    told = len(held) * (len(held) - 1) // 2 - len(pairs)
    print(f"{'of a million others':24}", *(f"{one:16.0f}" for one in found))
    print(f"{len(pairs) + told:,} pairs as they are: {told} are told to be copies")


def crowd(path: Path, articles: int) -> sqlite3.Connection:
    """The file of so many signatures, made where it is not there; as a writer opens it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        _make(unfinished, articles)
        unfinished.rename(path)
    conn = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        conn.execute(pragma)
    return conn


def _make(path: Path, articles: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -262144"):
            conn.execute(f"PRAGMA {pragma}")
        for statement in STATEMENTS:
            conn.execute(statement)
        for start in range(1, articles + 1, BUILT):
            numbers = range(start, min(start + BUILT, articles + 1))
            add(conn, [(number, signature(member(number))) for number in numbers])
            if start % (20 * BUILT) == 1:
                print(f"{start:,} of {articles:,} signatures", file=sys.stderr)


def show_found(conn: sqlite3.Connection, articles: int) -> None:
    """Copies of articles that arrived at any time: whether the original is among those that are compared."""
    draw = random.Random(7)
    print(f"\nat {articles:,} signatures, of {ASKED} copies of each kind, %")
    for name, edit in EDITS.items():
        asked = [draw.randrange(1, articles + 1) for _ in range(ASKED)]
        signed = [signature(edited(member(number), edit, draw)) for number in asked]
        hits = [number in copying.candidates(conn, 0, one) for number, one in zip(asked, signed, strict=True)]
        print(f"{name:24} {100 * mean(hits):6.1f}")


def show_cost(conn: sqlite3.Connection, articles: int) -> None:
    """What an article costs that copies nothing: the keys are looked up, and the texts of a few are compared."""
    new = [member(articles + number) for number in range(1, NEW + 1)]
    signing = list(_timed(signature, new))
    signed = [one for _, one in signing]
    looking = list(_timed(lambda one: copying.candidates(conn, 0, one), signed))
    batches = list(_batches(signed, articles + 1))
    adding = list(_timed(lambda batch: add(conn, batch), batches))
    compared = mean(len(found) for _, found in looking)
    words = [" ".join(piece.replace(".", "") for piece in one) for one in new]  # as long as a text is
    parting = list(_timed(lambda text: pieces([text]), words))
    print(f"\nan article of {LENGTH} pieces, ms of CPU (p50, p95)")
    steps = (("take apart", parting, 1), ("sign", signing, 1), ("look up", looking, 1), ("write", adding, BATCH))
    for name, times, count in steps:
        taken = [1000 * seconds / count for seconds, _ in times]
        print(f"{name:10} {median(taken):8.3f} {quantiles(taken, n=20)[-1]:8.3f}")
    print(f"texts to compare: {compared:.2f}")
    size = conn.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
    held = conn.execute("SELECT count(*) FROM signatures").fetchone()[0]
    for batch in batches:
        _take_out(conn, batch)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{size / held:.0f} bytes an article; {memory:.0f} MB of memory")


def add(conn: sqlite3.Connection, batch: Sequence[tuple[int, Signature]]) -> None:
    """A crawl's transaction."""
    conn.execute("BEGIN")
    conn.executemany(copying.ADD_SKETCH, ((number, one.sketch) for number, one in batch))
    conn.executemany(copying.ADD_BAND, sorted((key, number) for number, one in batch for key in one.keys))
    conn.execute("COMMIT")


def _take_out(conn: sqlite3.Connection, batch: Sequence[tuple[int, Signature]]) -> None:
    """So that the file is again what it was."""
    conn.execute("BEGIN")
    conn.executemany(copying.FORGET_SKETCH, ((number,) for number, _ in batch))
    conn.executemany(copying.FORGET_BAND, ((key, number) for number, one in batch for key in one.keys))
    conn.execute("COMMIT")


def _batches(ones: Sequence[Signature], first: int) -> Iterator[list[tuple[int, Signature]]]:
    numbered = enumerate(ones, start=first)
    while batch := list(islice(numbered, BATCH)):
        yield batch


def _timed(work: Callable[[Given], Made], over: Sequence[Given]) -> Iterator[tuple[float, Made]]:
    for one in over:
        began = time.process_time()
        made = work(one)
        yield time.process_time() - began, made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--folder", type=Path, default=Path("data/synthetic"))
    given = parser.parse_args()
    for name, texts in (("synthetic", synthetic_texts()), ("real", real_texts())):
        if texts:
            print(f"\n{name} texts")
            show_edits(texts)
            show_others(texts)
    with closing(crowd(given.folder / f"signatures-{given.articles}.db", given.articles)) as conn:
        show_found(conn, given.articles)
        show_cost(conn, given.articles)


if __name__ == "__main__":
    main()
