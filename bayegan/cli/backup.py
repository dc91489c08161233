"""The command `backup`: a copy of the archive that can be relied on."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bayegan.cli import options, output
from bayegan.cli.bar import bar
from bayegan.cli.options import DEFAULT_ARCHIVE
from crawler.errors import UsageError

if TYPE_CHECKING:
    from bayegan.backup import BackedUp


def backup(
    dest: Annotated[
        str,
        typer.Argument(metavar="DEST", help="A file, which is replaced, or a folder, where it is named by the moment."),
    ],
    *,
    keep: Annotated[
        int | None,
        typer.Option("--keep", metavar="N", min=1, help="Of the backups in that folder, keep the newest N."),
    ] = None,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Copy the archive as it is at this moment, while crawls go on, and look the copy through.

    It takes its place when it is whole; until then, what was there stays. To restore, move the broken archive away, and
    back a backup up to where it was.
    """
    from bayegan import backup as backing  # noqa: PLC0415 -- the checks, and a third of a second of sqlite-utils

    place = _place(dest)
    with ExitStack() as showing:
        given: dict[str, Any] = {"report": bar(showing)} if sys.stderr.isatty() else {}
        done = backing.back_up(archive, place, keep=keep, **given)
    if as_json:
        output.document(output.record(done))
        return
    output.show(_told(done))
    for old in done.removed:
        output.show(f"{old} made room.")


def _place(dest: str) -> Path:
    """Raises UsageError for a folder that is not there: it would become the name of a file."""
    place = Path(dest)
    if dest.endswith(os.sep) and not place.is_dir():
        raise UsageError(f"There is no folder {dest}: make it first.")
    return place


def _told(done: "BackedUp") -> str:
    held = f"{done.articles:,} articles and {done.pages:,} pages, {output.size(done.bytes)}"
    return f"{done.path}: {held}; looked through, {done.compared:,} pages compared, {done.seconds:.1f} s."
