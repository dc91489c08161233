"""The commands of every day: search, show, coverage (``crawl`` and ``export`` have files of their own)."""

import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bayegan.archive.reader import Archive, open_archive
from bayegan.cli import articles, options, output
from bayegan.cli.options import DEFAULT_ARCHIVE
from bayegan.differing import differences
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    from bayegan.archive.rows import CoverageRow

GONE: Final = "The agency has deleted {name}; it was last seen {seen}."
COVERED: Final = ("agency", "day", "listed", "held", "failed", "gone", "missing", "share", "complete")


def show(
    name: Annotated[str, typer.Argument(metavar="AGENCY/CODE", help="The article, such as shabestan/1001756.")],
    *,
    page: Annotated[bool, typer.Option("--page", help="The bytes of its page, as they were served.")] = False,
    revisions: Annotated[bool, typer.Option("--revisions", help="Its earlier readings, the earliest first.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="The words that changed between its readings.")] = False,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Show one article, its page, or what it said before."""
    if page and (revisions or diff or as_json):
        raise UsageError("--page writes the page alone: leave out --revisions, --diff and --json.")
    agency, code = options.agency_and_code(name)
    with open_archive(archive) as opened:
        article = opened.article(agency, code)
        if article is None:
            raise BayeganError(f"The archive holds no article {agency}/{code}: `bayegan search` finds those it holds.")
        if page:
            _write_page(opened, agency, code)
        elif diff:
            articles.show_differences(differences(opened.revisions(agency, code), article), as_json)
        elif revisions:
            articles.show_revisions(opened.revisions(agency, code), as_json)
        else:
            articles.show_article(article.article, as_json)
        if opened.is_gone(agency, code):
            output.say(GONE.format(name=f"{agency}/{code}", seen=output.moment(article.last_seen)))


def coverage(
    agency: Annotated[
        str | None, typer.Argument(metavar="AGENCY", show_default=False, help="All, if left out.")
    ] = None,
    *,
    since: options.Since = None,
    until: options.Until = None,
    as_json: options.Json = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Compare, day by day, what an agency listed with what the archive holds."""
    options.check_window(since, until)
    with open_archive(archive) as opened:
        options.check_agency(opened, agency)
        days = opened.coverage(agency, since=since, until=until)
    if as_json:
        output.lines(output.record(day) for day in days)
    elif days:
        output.table(COVERED, map(_covered, days))
    if not days:
        output.say("Nothing was listed: `bayegan crawl` asks an agency what it has published.")


def _write_page(archive: Archive, agency: str, code: str) -> None:
    body = archive.page_bytes(agency, code)
    if body is None:
        raise BayeganError(f"{agency}/{code} came without a page: `bayegan show {agency}/{code}` shows its text.")
    sys.stdout.buffer.write(body)


def _covered(row: "CoverageRow") -> tuple[object, ...]:
    share = None if row.share is None else f"{row.share:.1%}"
    return (
        row.agency,
        output.day(row.day),
        row.listed,
        row.held,
        row.failed,
        row.gone,
        row.missing,
        share,
        "yes" if row.complete else "no",
    )
