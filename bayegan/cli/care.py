"""The commands that look after the archive: runs, demo."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bayegan.archive.reader import open_archive
from bayegan.cli import options, output
from bayegan.cli.options import DEFAULT_ARCHIVE

if TYPE_CHECKING:
    from bayegan.archive.rows import RunRow

DEMO_ARCHIVE: Final = Path("data/demo.db")
LAST_RUNS: Final = 20
COUNTED: Final = ("listed", "held", "new", "failed")


def runs(
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="The last N runs.")] = LAST_RUNS,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """List the last crawls, the newest first."""
    with open_archive(archive) as opened:
        last = opened.runs(limit)
    if as_json:
        output.lines(map(output.record, last))
    elif last:
        output.table(("run", "agency", "started", "took", "window", *COUNTED, "exit"), map(_run, last))
    else:
        output.say("Nothing was crawled into this archive: `bayegan crawl` begins.")


def demo(
    publish: Annotated[
        int, typer.Option("--publish", metavar="N", min=0, help="Let the example site publish N more articles first.")
    ] = 0,
    archive: Annotated[
        Path, typer.Option("--archive", metavar="FILE", help="The archive of the example.")
    ] = DEMO_ARCHIVE,
) -> int:
    """Crawl the built-in example site, search it and export it; no network is needed."""
    from bayegan.demo import run  # noqa: PLC0415 -- the example site and its server

    return run(archive, publish, output.show)


def _run(row: "RunRow") -> tuple[object, ...]:
    known = row.ended and row.ended >= row.started  # not of a run that was cut off, or whose clock was put back
    took = f"{(row.ended - row.started).total_seconds():.0f} s" if row.ended and known else None
    counts = (row.counts.get(name) for name in COUNTED)
    return (row.id, row.agency, output.moment(row.started), took, row.window, *counts, row.exit_code)
