"""The command `verify`: is the archive what it says it is?"""

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bayegan.cli import options, output
from bayegan.cli.bar import bar
from bayegan.cli.options import DEFAULT_ARCHIVE

if TYPE_CHECKING:
    from bayegan.verifying import Fault, Verified


def verify(
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what the kept pages and rows can mend; no article is deleted.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what reads every text, every page and the whole index.")
    ] = False,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> int:
    """Check every hash, every reference, the ledger, the search index and the database itself."""
    from bayegan import verifying  # noqa: PLC0415 -- the readers of pages, and a third of a second of sqlite-utils

    with ExitStack() as showing:
        report = bar(showing) if sys.stderr.isatty() else None
        given: dict[str, Any] = {"report": report} if report else {}
        found = verifying.verify(archive, repair=repair, quick=quick, **given)
    if as_json:
        output.document(_json(found))
    else:
        for fault in found.faults:
            output.show(output.plain(_line(fault)))
        _say(found, repair=repair)
    return found.exit_code


def _line(fault: "Fault") -> str:
    told = "note" if fault.note else "mended" if fault.mended else "fault"
    where = f" {fault.where}:" if fault.where else ""
    advice = "" if fault.mended or fault.note else f". {fault.advice}"
    return f"{told} [{fault.kind}]{where} {' '.join(fault.what.split())}{advice}"


def _say(found: "Verified", *, repair: bool) -> None:
    faults, mended = sum(found.found.values()), sum(found.mended.values())
    unnamed = faults + sum(found.notes.values()) - len(found.faults)
    if unnamed > 0:
        output.say(f"{unnamed:,} more are counted, and not named.")
    looked = f"{found.articles:,} articles and {found.pages:,} pages checked in {found.seconds:.1f} s"
    says = f"faults: {faults:,}, mended: {mended:,}" if repair else f"faults: {faults:,}"
    output.say(f"{looked}; {says}." if faults else f"{looked}: no faults.")


def _json(found: "Verified") -> dict[str, Any]:
    """One document: counts by kind, and the faults in a list."""
    faults = [output.record(fault) for fault in found.faults]
    return output.record(found) | {"faults": faults, "exit": found.exit_code}
