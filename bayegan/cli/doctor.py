"""The command `doctor`: is each agency healthy?"""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bayegan.cli import options, output
from bayegan.cli.options import DEFAULT_ARCHIVE
from bayegan.health.sentences import LOOK
from crawler.errors import UsageError

if TYPE_CHECKING:
    from bayegan.doctoring import Examined
    from bayegan.health.examples import Example

APART: Final = (
    "{:,} pages were refused by such runs and are kept apart. Where the reader is at fault, mend it: the first sound "
    "run has them fetched again. Where the site is so now: `bayegan doctor {} --accept`."
)
NEVER: Final = "Nothing was crawled into this archive: `bayegan crawl` begins."


def doctor(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="AGENCY", show_default=False, help="All, if left out.")
    ] = None,
    *,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Take what the last run found for how the agency is from now on."),
    ] = False,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> int:
    """Say whether each agency is healthy: its last run against its own past.

    For a faulty one: what is wrong, and a page of it with what the reader finds where.
    """
    from bayegan import doctoring  # noqa: PLC0415 -- the readers of pages, and the calendars

    if accept:
        if not names:
            raise UsageError("--accept takes one agency's word at a time: name the agencies that you have looked at.")
        again = doctoring.accept(archive, names)
        output.say(f"Accepted; {again:,} pages that were kept apart are fetched again by the next run.")
    found = doctoring.examine(archive, names or ())
    if as_json:
        output.lines(map(_json, found))
    else:
        for one in found:
            output.show(output.plain(_told(one)))
    if not found:
        output.say(NEVER)
    return int(not found or any(one.state == "faulty" for one in found))


def _json(one: "Examined") -> dict[str, Any]:
    return output.record(one)


def _told(one: "Examined") -> str:
    """An agency in one line; a faulty one with what is wrong below it."""
    kinds = f" ({', '.join(trouble.kind for trouble in one.troubles)})" if one.troubles else ""
    run = f"run {one.run}, {output.moment(one.started)}, exit {one.exit}" if one.run else "no run came to its end"
    said = [trouble.sentence.removesuffix(f" {LOOK}") for trouble in one.troubles]
    said += [APART.format(one.apart, one.agency)] if one.apart else []
    page = _page(one.example) if one.example else []
    return "\n".join((f"{one.agency}: {one.state}{kinds}; {run}", *(f"  {line}" for line in (*said, *page))))


def _page(example: "Example") -> list[str]:
    lines = [f"for example {example.url}"]
    lines += [f"  refused: {example.refused}"] if example.refused else []
    lines += [f"  {name:10} {where}" for name, where in example.found.items()]
    return lines + [f"  {name:10} not found" for name in example.lacks if name not in example.found]
