"""A long crawl watched from outside, whether it stays as it began: `python -m benchmarks.soak [--pages 100000]`.

One `bayegan crawl` fetches so many pages of the example site into a new archive, while this process looks at it: its
memory, its CPU, the size of its file, how many articles the archive holds. Ten rows are printed, one for each tenth,
and what opening the archive costs at the end. Where memory has grown, or a page of the second half costs more than one
of the first, beyond the floors below, the answer is 1; with --memory-only, CPU time is told and not judged, since a
short crawl on a machine that others use proves nothing of it. Needs Linux, whose /proc it reads.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from bayegan import open_archive
from bayegan.example import default_site
from benchmarks.bare_spider import SETTINGS
from benchmarks.measure import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PAGES: Final = 100_000
FEWEST: Final = 100
TENTHS: Final = 10
LOOK: Final = 0.2  # seconds between two looks
OPENED: Final = 9  # times; the median is told
MB: Final = 1_000_000
MOST_MEMORY: Final = 1.25  # at the end, for each byte at the second tenth: the first is still starting
MOST_CPU: Final = 1.5  # a page of the second half, for each second that one of the first took; its start aside

NEWEST: Final = "SELECT max(id) FROM articles"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One look: articles held, seconds since the start, CPU seconds, bytes of memory and of the file."""

    articles: int
    seconds: float
    cpu: float
    memory: int
    file: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenth:
    """What one tenth of a soak was like: at its end, and over it."""

    articles: int
    memory: int
    file: int
    grown: float  # bytes of the file an article
    rate: float  # articles a second
    cpu: float  # CPU seconds an article


@contextmanager
def example_site(pages: int) -> Iterator[str]:
    """The address of an example site with so many stories, in a process of its own."""
    command = [sys.executable, "-m", "bayegan.example", "--port", "0", "--stories", str(pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as site:
        try:
            yield next(iter(site.stdout or ())).strip()
        finally:
            site.terminate()


def command(home: str, pages: int, archive: Path) -> list[str]:
    """A crawl of all that the site has ever published."""
    days = [story.day for story in default_site(pages).stories]
    options = [part for name, value in SETTINGS.items() for part in ("--set", f"{name}={value}")]
    window = ["--from", str(min(days) - timedelta(days=1)), "--to", str(max(days))]
    words = ["crawl", "shabestan", "--home", home, *window, *options, "--archive", str(archive), "--json"]
    return [sys.executable, "-m", "bayegan", *words]


def soak(pages: int, folder: Path) -> tuple[list[Sample], Path]:
    """Crawl and look; the archive holds all pages that are not gone, or this ends here."""
    archive = folder / "x.db"
    with example_site(pages) as home, (folder / "stdout").open("w") as out:
        words = command(home, pages, archive)
        began = time.monotonic()
        with subprocess.Popen(words, stdout=out) as process:
            samples = list(_watched(process, archive, began))
    done = json.loads((folder / "stdout").read_text(encoding="utf-8"))
    if process.returncode or done["held"] + done["gone"] != done["listed"]:
        raise SystemExit(f"The crawl ended with {process.returncode}: {done}")
    return samples, archive


def _watched(process: subprocess.Popen[bytes], archive: Path, began: float) -> Iterator[Sample]:
    while process.poll() is None:
        with suppress(OSError, sqlite3.Error):  # not there yet, or just gone
            yield _look(process.pid, archive, time.monotonic() - began)
        time.sleep(LOOK)


def _look(pid: int, archive: Path, seconds: float) -> Sample:
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    with closing(sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)) as conn:
        (articles,) = conn.execute(NEWEST).fetchone()
    return Sample(
        articles=articles or 0,
        seconds=seconds,
        cpu=(int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK"),
        memory=int(after_name[21]) * os.sysconf("SC_PAGE_SIZE"),
        file=archive.stat().st_size,
    )


def tenths(samples: Sequence[Sample]) -> list[Tenth]:
    """The samples at which each tenth of all articles was held, and what happened between them.

    >>> two = [Sample(articles=n, seconds=n / 50, cpu=n / 100, memory=9, file=n * 3) for n in (0, 10, 20)]
    >>> [(one.articles, one.grown, one.rate) for one in tenths(two)]
    [(10, 3.0, 50.0), (20, 3.0, 50.0)]
    """
    most = max((sample.articles for sample in samples), default=0)
    due = [next(one for one in samples if one.articles >= most * part / TENTHS) for part in range(TENTHS + 1)]
    marks = list(dict.fromkeys(due))
    return [_tenth(before, after) for before, after in pairwise(marks)]


def _tenth(before: Sample, after: Sample) -> Tenth:
    count = after.articles - before.articles
    return Tenth(
        articles=after.articles,
        memory=after.memory,
        file=after.file,
        grown=(after.file - before.file) / count,
        rate=count / (after.seconds - before.seconds),
        cpu=(after.cpu - before.cpu) / count,
    )


def faults(found: Sequence[Tenth], *, memory_only: bool = False) -> list[str]:
    """A sentence for each floor that was not held; of CPU time the medians count, as one tenth may meet a busy time."""
    half = len(found) // 2
    first, last = found[1].memory, found[-1].memory
    before, after = (median(one.cpu for one in part) for part in (found[1:half], found[half:]))
    said = []
    if last > first * MOST_MEMORY:
        said.append(f"Memory grew from {first / MB:.0f} to {last / MB:.0f} MB.")
    if after > before * MOST_CPU and not memory_only:
        said.append(f"A page came to cost {after * 1000:.1f} ms of CPU, from {before * 1000:.1f}.")
    return said


def row(one: Tenth) -> tuple[str, ...]:
    figures = (f"{one.memory / MB:.0f}", f"{one.file / MB:.1f}", f"{one.grown / 1000:.1f}")
    return (f"{one.articles:,}", *figures, f"{one.rate:.0f}", f"{one.cpu * 1000:.1f}")


def _milliseconds(call: Callable[[], object]) -> float:
    """The median of some calls."""
    spent = []
    for _ in range(OPENED):
        began = time.perf_counter()
        call()
        spent.append(time.perf_counter() - began)
    return median(spent) * 1000


def _newest(archive: Path) -> int:
    with open_archive(archive) as opened:
        return len(opened.search("مسجد", limit=20))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Watch one long crawl of the example site.")
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--folder", type=Path, help="where the archive grows; it is removed afterwards")
    parser.add_argument("--memory-only", action="store_true", help="CPU time is told, not judged")
    given = parser.parse_args(arguments)
    if given.pages < FEWEST:
        parser.error(f"--pages takes {FEWEST} or more: of fewer, tenths say nothing.")
    with TemporaryDirectory(dir=given.folder) as place:
        samples, archive = soak(given.pages, Path(place).resolve())
        found = tenths(samples)
        opening = _milliseconds(lambda: open_archive(archive).__exit__(None, None, None))
        searching = _milliseconds(lambda: _newest(archive))
        size = archive.stat().st_size
    heads = ["articles", "memory MB", "file MB", "kB an article", "articles/s", "CPU ms an article"]
    note = (
        f"all in {samples[-1].seconds:.0f} s; closed, the file has {size / MB:.1f} MB, "
        f"opens in {opening:.1f} ms and is searched in {searching:.1f} ms"
    )
    show(f"One crawl of {given.pages:,} pages over loopback", heads, list(map(row, found)), note)
    for fault in (said := faults(found, memory_only=given.memory_only)):
        print(fault)
    return int(bool(said))


if __name__ == "__main__":
    sys.exit(main())
