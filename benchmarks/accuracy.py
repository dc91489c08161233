"""How well the reader reads, by agency and field, beside its peers: `python -m benchmarks.accuracy [--wrong]`.

The pages are the project's own, and the real ones of `$BAYEGAN_REAL_PAGES`. Ends with 1 where a figure lies below its
floor in floors.toml. With --wrong, every field that was read wrong is shown beside what was expected.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections import defaultdict
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.readers import GENERIC, OURS, PEERS, is_installed, readers
from benchmarks.samples import own_samples, real_samples
from benchmarks.scoring import FIGURES, Score, difference, mean, scores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.samples import Sample

FLOORS = Path(__file__).with_name("floors.toml")
TOTAL = "total"
EACH = "each"
HEADS = {
    "body_f1": "body F1", "body_exact": "exact", "news_code": "code", "published": "publ.", "modified": "modif.",
}  # fmt: skip

# The lines of one table, in order: each agency's, the total, then other readers' totals.
Lines = dict[str, list[Score]]
Floors = dict[str, dict[str, float]]


def lines_of(samples: Sequence[Sample]) -> Lines:
    """Read and score every page with every reader; peers have one line each, for all pages together."""
    by_agency: Lines = defaultdict(list)
    totals: Lines = {}
    for name, read in readers().items():
        totals[name] = [one for sample in samples for one in scores(sample, read(sample.html, sample.url))]
    for score in totals.pop(OURS):
        by_agency[score.sample.agency].append(score)
    ours = [score for agency in by_agency.values() for score in agency]
    return {**by_agency, TOTAL: ours, **totals}


def missed(set_name: str, lines: Lines, floors: Floors) -> Iterator[str]:
    """A sentence for each figure under its floor, with the page that is worst."""
    for line, found in lines.items():
        for figure, least in floors_of(line, floors).items():
            several = [score for score in found if score.figure == figure]
            value = mean(several)
            if value is not None and value < least:
                worst = min(several, key=lambda score: score.value).sample.name
                yield f"{set_name} pages, {line}, {figure}: {shown(value)} is under its floor {least} (worst: {worst})"


def floors_of(line: str, floors: Floors) -> Mapping[str, float]:
    own = floors.get(line, {})
    is_agency = line not in {TOTAL, GENERIC, *PEERS}
    return {**floors.get(EACH, {}), **own} if is_agency else own


def shown(value: float | None) -> str:
    """Three digits, never rounded up: 1.000 is all of them."""
    return "–" if value is None else f"{floor(value * 1000 + 1e-9) / 1000:.3f}"


def table_of(title: str, lines: Lines) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("agency")
    for head in ("n", *(HEADS.get(figure, figure) for figure in FIGURES)):
        table.add_column(head, justify="right")
    for line, found in lines.items():
        if line == TOTAL:
            table.add_section()
        figures = (mean(score for score in found if score.figure == figure) for figure in FIGURES)
        pages = len({(score.sample.agency, score.sample.name) for score in found})
        table.add_row(line, str(pages), *map(shown, figures))
    return table


def wrong(lines: Lines) -> Iterator[str]:
    """Every field that `read_page` got wrong: the page, what was expected (-) and what was got (+)."""
    for score in lines[TOTAL]:
        if score.value < 1 and score.figure != "body_f1":
            yield f"{score.sample.agency}/{score.sample.name} {score.figure}\n{difference(score)}\n"


def sets_of(folder: str) -> dict[str, list[Sample]]:
    """The sets of pages that are here; ``folder`` holds the real ones, or is empty."""
    real = {"real": real_samples(Path(folder))} if folder else {}
    return {"own": own_samples(), **real}


def unscored(folder: str) -> Iterator[str]:
    """What the tables do not show, and why."""
    yield from (f"{peer} is not installed, and is not scored." for peer in PEERS if not is_installed(peer))
    if not folder:
        yield "BAYEGAN_REAL_PAGES is not set: real pages are not scored."


def main(arguments: Sequence[str], folder: str, floors: Mapping[str, Floors]) -> int:
    """Print the tables and what is under its floor; the exit code."""
    console = Console(width=140, highlight=False)
    try:
        sets = sets_of(folder)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    faults: list[str] = []
    for name, samples in sets.items():
        lines = lines_of(samples)
        console.print(table_of(f"{name} pages", lines))
        faults += missed(name, lines, floors.get(name, {}))
        if "--wrong" in arguments:
            print(*wrong(lines), sep="\n")
    for sentence in unscored(folder):
        print(sentence)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    pinned = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    sys.exit(main(sys.argv[1:], os.environ.get("BAYEGAN_REAL_PAGES", ""), pinned))
