"""The command that writes articles, or their pages, to files of other kinds."""

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bayegan.archive.reader import open_archive
from bayegan.cli import destination, options, output
from bayegan.cli.destination import Wanted
from bayegan.cli.options import DEFAULT_ARCHIVE
from bayegan.dataset.selection import Selection
from bayegan.dataset.splits import By, Splitting
from bayegan.export.fields import chosen
from bayegan.exporting import Narrowing, Shape
from bayegan.search import Filter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bayegan.archive.reader import Archive

    Report = Callable[[int], None]

Place = Annotated[
    str,
    typer.Argument(
        metavar="PATH",
        help="A file .jsonl, .jsonl.gz, .jsonl.zst, .csv, .tsv, .parquet, .arrow, .db, .warc.gz; - is standard output; "
        "a folder, ending in /, is a dataset.",
    ),
]
Query = Annotated[str, typer.Option("--query", metavar="QUERY", help="Only articles that a search would find.")]
Most = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="No more than N articles.")]
Fields = Annotated[
    str | None, typer.Option("--fields", metavar="NAMES", help="Only these, in this order: agency,news_code,title.")
]
NoBody = Annotated[bool, typer.Option("--no-body", help="Without lead and body; with the hash of what they say.")]
Sample = Annotated[int | None, typer.Option("--sample", metavar="N", min=1, help="N of them, drawn by chance.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="The same archive and seed give the same sample.")]
Distinct = Annotated[bool, typer.Option("--distinct", help="Of all that tell the same, the one published first.")]
Coverage = Annotated[
    float | None,
    typer.Option(
        "--coverage-at-least",
        metavar="SHARE",
        help="Only days of which the archive holds so much of what the agency listed: 0.95.",
    ),
]
Defuse = Annotated[bool, typer.Option("--defuse", help="CSV and TSV: no cell that a spreadsheet would compute.")]
Bom = Annotated[bool, typer.Option("--bom", help="CSV and TSV: the mark by which Excel knows UTF-8.")]
Partition = Annotated[
    bool, typer.Option("--partition", help="PATH is a new folder: Parquet files by agency and Jalali year.")
]
Split = Annotated[
    By | None,
    typer.Option("--split", help="A dataset's splits: by chance, or by time, the test being later than the training."),
]
Test = Annotated[float | None, typer.Option("--test-share", metavar="SHARE", help="How much is for testing: 0.1.")]
Validation = Annotated[
    float | None, typer.Option("--validation-share", metavar="SHARE", help="How much is for validation: none.")
]
Contact = Annotated[
    str | None,
    typer.Option(
        "--contact",
        metavar="WHO",
        envvar="BAYEGAN_CONTACT",
        help="Whom to write to who wants an article taken down, for the dataset's card.",
    ),
]
Manifest = Annotated[
    bool, typer.Option("--manifest", help="Beside a file, FILE.manifest.json: for a later update. A dataset has one.")
]
Since = Annotated[
    Path | None,
    typer.Option(
        "--since-export",
        metavar="PREVIOUS",
        help="Only what is new, changed or taken down since this export, by its manifest: a file or a dataset.",
    ),
]


def export(  # noqa: PLR0913 -- every option of the command is an argument
    path: Place,
    *,
    query: Query = "",
    agency: options.OnlyAgency = None,
    since: options.Since = None,
    until: options.Until = None,
    tag: options.OnlyTag = None,
    section: options.OnlySection = None,
    sort: options.Order = "newest",
    limit: Most = None,
    fields: Fields = None,
    no_body: NoBody = False,
    coverage: Coverage = None,
    distinct: Distinct = False,
    sample: Sample = None,
    seed: Seed = 0,
    partition: Partition = False,
    defuse: Defuse = False,
    bom: Bom = False,
    split: Split = None,
    test_share: Test = None,
    validation_share: Validation = None,
    contact: Contact = None,
    manifest: Manifest = False,
    since_export: Since = None,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Write articles to a file or a dataset: all of them, or those that the options let through."""
    filters = Filter(
        query=query, agency=agency, since=since, until=until, tag=tag, section=section, sort=sort, limit=limit
    )
    narrowing = Narrowing(coverage=coverage, distinct=distinct, sample=sample, seed=seed)
    names = None if fields is None else fields.split(",")
    shape = Shape(fields=chosen(names, without_texts=no_body), defuse=defuse, bom=bom)
    wanted = Wanted(
        name=path,
        selection=Selection(filters=filters, narrowing=narrowing, fields=shape.fields),
        shape=shape,
        splitting=_splitting(split, test_share, validation_share, seed),
        partition=partition,
        manifest=manifest,
        since=since_export,
        contact=contact,
    )
    with open_archive(archive) as opened:
        options.check_agency(opened, agency)
        _write(opened, wanted)


def _splitting(by: By | None, test: float | None, validation: float | None, seed: int) -> Splitting | None:
    given = {"by": by, "test": test, "validation": validation}
    said: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return Splitting(**said, seed=seed) if said else None


def _write(archive: "Archive", wanted: Wanted) -> None:
    before = destination.previous(wanted)
    asked = before.selection if before else wanted.selection
    with _bar(wanted.path, lambda: _sum(archive, asked.filters, asked.narrowing)) as report:
        said = destination.write(archive, wanted, before, report)
    output.say(said)


def _sum(archive: "Archive", filters: Filter, narrowing: Narrowing) -> int | None:
    """How many articles there will be; None where that is known only when they have been looked at."""
    if narrowing.coverage is not None or narrowing.distinct:
        return None
    bounds = (archive.count(filters), filters.limit, narrowing.sample)
    return min(bound for bound in bounds if bound is not None)


@contextmanager
def _bar(path: Path, total: "Callable[[], int | None]") -> "Iterator[Report | None]":
    """How many articles have been written, for a terminal alone."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 -- only for who looks
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(output.plain(path.name), total=total())
        yield lambda done: progress.update(task, completed=done)
