"""CPU of a crawl that finds nothing new, into a large archive and into a small one: `python -m benchmarks.nothing_new`.

    python -m benchmarks.nothing_new [--articles 1000000] [--folder data/synthetic] [--rounds 7]

The same crawl of the example site runs in turns into a copy of the archive that `benchmarks.million` makes, and into
one that holds the forty articles of that site alone. Both are crawled before, until nothing is due: gaps are healed,
open rows fetched, and the site answers that its listings are what they were. What is counted is all the CPU time of
the process, its start included, and what SQLite does in it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bayegan.example import serve_example
from benchmarks import million
from benchmarks.crawl import cpu_seconds
from benchmarks.measure import show
from benchmarks.synthetic import Recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

AGENCY: Final = "shabestan"
AIM: Final = 1.2
SETTINGS: Final = ("DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=False", "BAYEGAN_BACKOFF=0.05")
QUIET: Final = 4  # requests of a run with nothing new: robots.txt, feed, sitemap and the first page of the archive
MOST_BEFORE: Final = 20  # runs until an archive is up to date


def command(archive: Path, home: str) -> list[str]:
    settings = [f"--set={setting}" for setting in SETTINGS]
    words = ("crawl", AGENCY, "--home", home, "--archive", str(archive), "--json", *settings)
    return [sys.executable, "-m", "bayegan", *words]


def crawl(archive: Path, home: str) -> float:
    """CPU seconds of a crawl; it must find nothing new."""
    seconds = cpu_seconds(command(archive, home), archive.parent)
    done = summary(archive)
    if (done["new"], done["requests"]) != (0, QUIET):
        raise SystemExit(f"{archive} was not up to date: {done}")
    return seconds


def summary(archive: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((archive.parent / "stdout").read_text(encoding="utf-8"))
    return found


def bring_up_to_date(archive: Path, home: str) -> None:
    """Crawl until nothing is due any more."""
    for _ in range(MOST_BEFORE):
        cpu_seconds(command(archive, home), archive.parent)
        if summary(archive)["requests"] == QUIET:
            return
    raise SystemExit(f"After {MOST_BEFORE} runs there is still something due in {archive}.")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, parents=[million.asked()])
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args(arguments)
    made = million.archive(Recipe(articles=given.articles), given.folder, again=given.again)
    with TemporaryDirectory(dir=given.folder) as place, serve_example() as site:
        small, large = Path(place, "small", "x.db"), Path(place, "large", "x.db")
        for archive in (small, large):
            archive.parent.mkdir()
        shutil.copyfile(made, large)
        for archive in (small, large):
            bring_up_to_date(archive, site.url)
        turns = [(crawl(small, site.url), crawl(large, site.url)) for _ in range(given.rounds)]
    one, other = (median(turn) for turn in zip(*turns, strict=True))
    ratio = median(b / a for a, b in turns)
    rows = [("40 articles", f"{one:.2f}", "1.00"), (f"{given.articles:,} articles", f"{other:.2f}", f"{ratio:.2f}")]
    show(f"A crawl with nothing new (aim: {AIM} x)", ["archive of", "CPU s", "x the small one"], rows)


if __name__ == "__main__":
    main()
