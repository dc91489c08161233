"""The commands by which articles come in from elsewhere: import, merge."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bayegan.cli import options, output
from bayegan.cli.errors import worst
from bayegan.cli.options import DEFAULT_ARCHIVE
from crawler.errors import UsageError

if TYPE_CHECKING:
    from bayegan.archive.writer import Writer
    from bayegan.importing import ImportSummary

IMPORTED: Final = ("read", "new", "revised", "unchanged", "duplicate")
MERGED: Final = ("articles", "new", "revised", "unchanged", "revisions", "runs")
MOST_NAMED: Final = 20  # that are said; --json has them all
REVISITS: Final = "captures say only that a page was as an earlier one has it, and hold none: they are left out."
NOTHING_KEPT: Final = 1
SOME_REFUSED: Final = 4


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help="WARC (.warc, .gz, .zst), JSON lines as export writes them, text, HTML or a folder."
        ),
    ],
    *,
    agency: Annotated[
        str | None, typer.Option("--agency", metavar="AGENCY", help="Whose they are, where the file does not say it.")
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="The address that a saved page, or a folder, came from.")
    ] = None,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Of a WARC file, pages of sites that nobody declared too.")
    ] = False,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> int:
    """Take articles out of files into the archive; what it holds already stays as it is."""
    from bayegan.archive.writer import Writer  # noqa: PLC0415 -- sqlite-utils, which only writers need

    if url is not None and len(files) > 1:
        raise UsageError("--url is the address of one saved page: name one file with it.")
    with Writer(archive) as writer:
        return worst([_import(writer, file, agency, url, unknown, as_json) for file in files])


def merge(
    other: Annotated[Path, typer.Argument(metavar="OTHER", help="The other archive; it is only read.")],
    *,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> int:
    """Join another archive into this one, without loss and without doubles."""
    from bayegan import merging  # noqa: PLC0415 -- what only writers need
    from bayegan.archive.writer import Writer  # noqa: PLC0415

    with Writer(archive) as writer:
        done = merging.merge(writer, other, report=output.counter("articles"))
    _name(other, done.conflicts)
    if as_json:
        output.document(output.record(done))
    else:
        counts = {name: getattr(done, name) for name in MERGED}
        counts |= {"taken down": done.taken_down, "refused": done.conflict_count}
        output.show(f"{other}: {_counted(counts)}")
    return SOME_REFUSED if done.conflict_count else 0


def _import(writer: "Writer", file: Path, agency: str | None, url: str | None, unknown: bool, as_json: bool) -> int:
    from bayegan import importing  # noqa: PLC0415 -- the readers of pages

    try:
        with _bar(file) as report:
            done = importing.import_file(writer, file, agency=agency, url=url, unknown=unknown, report=report)
    except (importing.ImportFileError, UsageError) as error:
        output.say(str(error))
        return error.exit_code
    _name(file, (*done.damaged[:MOST_NAMED], *done.refused))
    if done.revisits:
        output.say(f"{file}: {done.revisits} {REVISITS}")
    if as_json:
        output.document(output.record(done))
    else:
        counts = {name: getattr(done, name) for name in IMPORTED} | {"refused": done.refused_count}
        more = {"left out": done.left_out, "damaged": done.damaged_count}
        output.show(f"{file}: {_counted(counts | {name: count for name, count in more.items() if count})}")
    return _ended(done)


def _ended(done: "ImportSummary") -> int:
    if not (done.refused_count or done.damaged_count):
        return 0
    return NOTHING_KEPT if done.refused_count == done.read > 0 else SOME_REFUSED


def _name(file: Path, places: tuple[tuple[str, str], ...]) -> None:
    for where, reason in places[:MOST_NAMED]:
        output.say(f"{file}, {where}: {reason}")


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items())


@contextmanager
def _bar(file: Path) -> Iterator[Callable[[int], None] | None]:
    """How far a file has been read, in bytes, for a terminal alone."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 -- only for who looks
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        total = file.stat().st_size if file.is_file() else None
        task = progress.add_task(output.plain(file.name), total=total)
        yield lambda done: progress.update(task, completed=done)
