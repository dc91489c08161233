"""Time and memory of an export beside the bare reading of what it writes: `python -m benchmarks.export`.

    python -m benchmarks.export [--articles 1000000] [--folder data/synthetic] [--archive FILE] [--rounds 3]

The bare reading fetches the same columns, tags and sections through a cursor and makes nothing of them, in the
table's own order. All take turns, each in a new process; both start when everything is imported, and the archive has
been read once before.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any, Final

from benchmarks import measure, million
from benchmarks.synthetic import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable

BARE: Final = "bare rows"
FORMATS: Final = (".parquet", "/", ".arrow", ".jsonl", ".jsonl.zst", ".jsonl.gz", ".csv", ".tsv", ".db")
NAMES: Final = {"/": "folder, --partition"}
MOST_RATIO: Final = {".parquet": 2.0}
LEAST_MB: Final = {".jsonl": 60, ".csv": 60}  # MB/s
READ: Final = (
    """
    SELECT id, agency, news_code, url, title, kicker, lead, body, published, published_jalali, modified, authors,
        place, image, kind, language, reader
    FROM articles
    """,
    "SELECT article_id, name FROM article_tags JOIN tags ON tags.id = tag_id ORDER BY article_tags.rowid",
    "SELECT article_id, name FROM article_sections JOIN sections ON sections.id = section_id",
)


def read(archive: Path) -> None:
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as conn:
        for statement in READ:
            for _row in conn.execute(statement):
                pass


def work(name: str, archive: Path, folder: Path) -> Callable[[], object]:
    """What is measured, everything imported that it needs."""
    if name == BARE:
        return lambda: read(archive)
    import pyarrow.parquet  # noqa: F401, PLC0415 -- not to be measured, nor to be held by the bare reading

    from bayegan import exporting, open_archive  # noqa: PLC0415
    from bayegan.search import Filter  # noqa: PLC0415

    def export() -> None:
        with open_archive(archive) as opened:
            write = exporting.export_partitions if name == "/" else exporting.export
            write(opened, folder / f"out{name}", Filter())

    return export


def alone(name: str, archive: Path, folder: Path) -> None:
    """In a process of its own: print what it took."""
    call = work(name, archive, folder)
    wall, cpu = perf_counter(), process_time()
    call()
    print(json.dumps({"wall": perf_counter() - wall, "cpu": process_time() - cpu}))


def measured(name: str, archive: Path) -> dict[str, float]:
    """Seconds, the most memory held, and bytes written."""
    with TemporaryDirectory(dir=archive.parent) as folder:
        named = ("--alone", name, "--archive", str(archive), "--folder", folder)
        command = [sys.executable, "-m", "benchmarks.export", *named]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            told: dict[str, Any] = json.loads(process.stdout.read() if process.stdout else b"")
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return told | {"memory": usage.ru_maxrss / 1e3, "size": size / 1e6}


def run(archive: Path, rounds: int) -> None:
    read(archive)
    names = (BARE, *FORMATS)
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            seen[name].append(measured(name, archive))
    figures = {
        name: {key: median(one[key] for one in taken) for key in ("wall", "cpu", "memory", "size")}
        for name, taken in seen.items()
    }
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as conn:
        count = conn.execute("SELECT count(*) FROM articles").fetchone()[0]
    heads = ("", "s", "× bare", "CPU s", "× bare", "MB", "MB/s", "memory MB", "aim")
    rows = [_row(name, figures[name], figures[BARE]) for name in names]
    measure.show(f"{count:,} articles", heads, rows, note="medians; MB/s of what is written")


def _row(name: str, own: dict[str, float], bare: dict[str, float]) -> tuple[str, ...]:
    aim = f"≤ {MOST_RATIO[name]:.1f} ×, < 500 MB" if name in MOST_RATIO else ""
    aim = f"≥ {LEAST_MB[name]} MB/s" if name in LEAST_MB else aim
    times = (
        f"{own[key]:.1f}" if part == "s" else f"{own[key] / bare[key]:.2f}" for key in ("wall", "cpu") for part in "sx"
    )
    written = (f"{own['size']:,.0f}", f"{own['size'] / own['wall']:.0f}") if own["size"] else ("", "")
    return (NAMES.get(name, name), *times, *written, f"{own['memory']:.0f}", aim)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, parents=[million.asked()])
    options.add_argument("--archive", type=Path, help="an archive that is there already")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--alone", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.alone:
        alone(given.alone, given.archive, given.folder)
    else:
        made = given.archive or million.archive(Recipe(articles=given.articles), given.folder, again=given.again)
        run(made.absolute(), given.rounds)


if __name__ == "__main__":
    main()
