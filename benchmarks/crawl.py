"""CPU a page of a whole `bayegan crawl` beside bare Scrapy that discards the same pages: `python -m benchmarks.crawl`.

Both fetch the articles of the example site over loopback. The site runs in a process of its own that is not
counted; the two crawls take turns, each in a new process, and what is counted is all its CPU time, start-up
included.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.bare_spider import SETTINGS
from benchmarks.measure import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STORIES = 2000
ROUNDS = 3
BARE_SPIDER = Path(__file__).with_name("bare_spider.py")


@contextmanager
def example_site() -> Iterator[str]:
    """The address of an example site in a process of its own."""
    command = [sys.executable, "-m", "bayegan.example", "--port", "0", "--stories", str(STORIES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as site:
        try:
            yield next(iter(site.stdout or ())).strip()
        finally:
            site.terminate()


def cpu_seconds(command: Sequence[str], folder: Path) -> float:
    """All CPU time of a process, its children's included; it must end well."""
    # Modules are compiled once, as those of an installed package are, whatever this machine says about that.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    with (
        (folder / "stdout").open("w") as out,
        subprocess.Popen(command, stdout=out, cwd=folder, env=environment) as process,
    ):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}.")
    return usage.ru_utime + usage.ru_stime


def crawl(home: str, folder: Path) -> tuple[float, dict[str, Any]]:
    """CPU seconds of a crawl of the whole site into a new archive, and the run's summary."""
    (folder / "x.db").unlink(missing_ok=True)
    options = [part for name, value in SETTINGS.items() for part in ("--set", f"{name}={value}")]
    window = ["--from", "1399-09-01", "--to", "1399-09-30"]
    command = [sys.executable, "-m", "bayegan", "crawl", "shabestan", "--home", home, *window, *options]
    seconds = cpu_seconds([*command, "--archive", "x.db", "--json"], folder)
    return seconds, json.loads((folder / "stdout").read_text())


def addresses(archive: Path, home: str) -> list[str]:
    """Where the articles of the archive were fetched."""
    with closing(sqlite3.connect(archive)) as db:
        urls = [url for (url,) in db.execute("SELECT url FROM articles")]
    return [home + "/" + url.split("/", 3)[3] for url in urls]


def main() -> None:
    with example_site() as home, TemporaryDirectory() as place:
        folder = Path(place)
        _, summary = crawl(home, folder)
        pages = summary["held"]
        (folder / "addresses").write_text("\n".join(addresses(folder / "x.db", home)))
        bare_command = [sys.executable, str(BARE_SPIDER), "addresses"]
        turns = [(cpu_seconds(bare_command, folder), crawl(home, folder)[0]) for _ in range(ROUNDS)]
    bare, ours = (median(turn) for turn in zip(*turns, strict=True))
    rows = [
        ("bare Scrapy, pages discarded", f"{bare:.2f}", f"{bare / pages * 1000:.2f}", "1.00"),
        ("bayegan crawl", f"{ours:.2f}", f"{ours / pages * 1000:.2f}", f"{median(b / a for a, b in turns):.2f}"),
    ]
    title = f"{pages} articles over loopback, {ROUNDS} turns each (aim: 1.7 x bare Scrapy)"
    show(title, ["what", "CPU s", "CPU ms a page", "x bare"], rows)


if __name__ == "__main__":
    main()
