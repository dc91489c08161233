"""The command ``reread``: kept pages, read by today's reader, and what that changes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from bayegan.cli import options, output
from bayegan.cli.errors import worst
from bayegan.cli.options import DEFAULT_ARCHIVE

if TYPE_CHECKING:
    from bayegan.reread.report import AgencyReread, FieldReread, RereadSummary

BUSY: Final = 75
SOME_FAILED: Final = 4
EXAMPLE: Final = 40  # letters of a value that a table shows
BEFORE_IT_DIFFERS: Final = 12  # letters shown before the first that is another

AGENCIES: Final = ("agency", "pages", "due", "read", "changed", "unchanged", "kept", "failed")
FIELDS: Final = ("agency", "field", "how", "articles", "example", "before", "after")
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", metavar="N", min=1, show_default=False, help="Processes that read; as many as there are cores."
    ),
]


def reread(  # noqa: PLR0913 -- every option of the command is an argument
    agency: Annotated[
        str | None, typer.Argument(metavar="AGENCY", show_default=False, help="All, if left out.")
    ] = None,
    *,
    since: options.Since = None,
    until: options.Until = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what today's reader has read already.")] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Empty the fields for which today's reader finds nothing.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    jobs: Jobs = None,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> int:
    """Read all kept pages again with today's reader, offline; --dry-run says first what that would change."""
    from bayegan import rereading  # noqa: PLC0415 -- the readers of pages, which other commands do without

    request = rereading.RereadRequest(
        archive=archive,
        agency=agency,
        since=since,
        until=until,
        everything=everything,
        allow_empty=allow_empty,
        dry_run=dry_run,
        jobs=jobs,
    )
    done = rereading.reread(request, report=output.counter("pages"))
    code = worst([BUSY * bool(done.busy), SOME_FAILED * bool(done.faults)])
    if as_json:
        output.document(output.record(done) | {"exit": code})
    else:
        _show(done)
    _tell(done)
    return code


def _show(done: "RereadSummary") -> None:
    if not done.read:
        return
    output.table(AGENCIES, map(_agency, done.agencies))
    if done.fields:
        output.show("")
        output.table(FIELDS, map(_field, done.fields))


def _tell(done: "RereadSummary") -> None:
    """What speaks against pages, and what was done, to standard error."""
    for one in done.faults:
        output.say(f"{one.agency}: {one.count:,} × {one.kind}, such as {one.agency}/{one.news_code}: {one.reason}")
    for name in done.busy:
        output.say(f"Another run holds {name}: its pages were not read, run it again when that has ended.")
    if meanwhile := sum(one.meanwhile for one in done.agencies):
        output.say(f"{meanwhile:,} articles were changed by somebody else meanwhile and stay so.")
    output.say(_in_a_sentence(done))


def _in_a_sentence(done: "RereadSummary") -> str:
    pages, changed = sum(one.pages for one in done.agencies), sum(one.changed for one in done.agencies)
    if not done.read:
        nothing = "No page is kept of these articles." if not pages else "Today's reader has read all of these pages"
        return nothing if not pages else f"{nothing} already ({pages:,}): --all reads them again."
    done_so = f"{done.read:,} pages read in {done.seconds:,.1f} s, {changed:,} articles"
    if done.dry_run:
        return f"{done_so} would change; nothing was written."
    return f"{done_so} changed."


def _agency(one: "AgencyReread") -> tuple[object, ...]:
    return tuple(getattr(one, column) for column in AGENCIES)


def _field(one: "FieldReread") -> tuple[object, ...]:
    before, after = _around_the_difference(_text(one.before), _text(one.after))
    return one.agency, one.field, one.how, one.count, one.news_code, before, after


def _text(value: Any) -> str:
    return "، ".join(value) if isinstance(value, list) else " ".join(str(value or "").split())


def _around_the_difference(before: str, after: str) -> Sequence[str]:
    """Both texts cut to where they differ.

    >>> _around_the_difference("شهر", "شهرها")
    ('شهر', 'شهرها')
    >>> _around_the_difference("a" * 50 + "b", "a" * 50 + "c" * 50)
    ('…aaaaaaaaaaaab', '…aaaaaaaaaaaacccccccccccccccccccccccccccc…')
    """
    pairs = zip(before, after, strict=False)
    first = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(before), len(after)))
    begin = max(first - BEFORE_IT_DIFFERS, 0) if max(len(before), len(after)) > EXAMPLE else 0
    return tuple(_cut(text, begin) for text in (before, after))


def _cut(text: str, begin: int) -> str:
    end = begin + EXAMPLE
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if len(text) > end else ''}"
