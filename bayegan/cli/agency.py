"""``bayegan agency``: a new agency's file, and a page kept as its test."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bayegan.cli import options, output, source
from crawler.agencies import agency

if TYPE_CHECKING:
    from bayegan.growing.newcomer import Newcomer

agencies = typer.Typer(no_args_is_help=True, help="Add an agency: write its file, keep its pages as tests.")

TESTS: Final = Path("tests/pages")

Name = Annotated[
    str | None,
    typer.Option("--name", metavar="NAME", help="What it will be called; else the first label of its domain."),
]
Family = Annotated[
    str | None, typer.Option("--family", metavar="FAMILY", help="The family, where the page does not tell it.")
]
Into = Annotated[
    Path | None, typer.Option("--into", metavar="FOLDER", help="Another folder than the checkout's spiders/.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the file, and write nothing.")]
Whose = Annotated[str, typer.Argument(metavar="AGENCY", help="Whose page it is, as `bayegan agencies` lists them.")]
Tests = Annotated[Path, typer.Option("--into", metavar="FOLDER", help="The folder of the saved pages.")]


@agencies.command()
def new(
    page: source.Source,
    *,
    url: source.Address = None,
    name: Name = None,
    family: Family = None,
    into: Into = None,
    dry_run: DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Write the file of a new agency.

    A page of the site says its family, what it is called and which feed it has; an article says more than the home
    page does.
    """
    from bayegan.growing import evidence, newcomer  # noqa: PLC0415 -- the families, and Scrapy with them

    content, address = source.page_of(page, url)
    found = evidence.look(content, address, name=name, family=family)
    file = None if dry_run else newcomer.write(found, newcomer.folder(into))
    if as_json:
        output.document(output.record(found) | {"source": found.source, "file": file and str(file)})
    else:
        output.show(output.plain(_told(found, file)))


@agencies.command()
def sample(
    name: Whose,
    page: source.Source,
    *,
    url: source.Address = None,
    into: Tests = TESTS,
    as_json: options.Json = False,
) -> None:
    """Keep a page of an agency as a test.

    Its bytes and the JSON of the article that is read from it, to be reviewed by eye.
    """
    from bayegan.growing import sampling  # noqa: PLC0415 -- the readers of pages

    whose = agency(name)
    content, address = source.page_of(page, url)
    kept = sampling.sample(whose, content, address, into)
    if as_json:
        output.document(output.record(kept))
        return
    output.show(f"{kept.page}\n{kept.json}")
    output.show(f"empty: {', '.join(kept.empty)}" if kept.empty else "No field is empty.")
    output.say("Read the JSON beside the page and correct it by hand: from now on the tests hold the reader to it.")


def _told(found: "Newcomer", file: Path | None) -> str:
    """What was seen, the file, and what to do next."""
    known = {
        "family": f"{found.family} ({found.evidence})",
        "title": f"{found.title} ({found.titled})",
        "home": found.home,
        "feeds": "، ".join(found.feeds) or "the page names none",
    }
    lines = [f"{field:6}  {value}" for field, value in known.items()]
    shown = ("", found.source.rstrip())
    return "\n".join((*lines, *shown) if file is None else (*lines, f"file    {file}", *shown, "", *_next(found)))


def _next(found: "Newcomer") -> tuple[str, ...]:
    """Its commands, as they are typed."""
    return (
        "Next: read some of its articles, keep those that differ as tests, and see what it lists.",
        "  bayegan read --trace URL",
        f"  bayegan agency sample {found.name} URL",
        f"  bayegan crawl {found.name} --dry-run",
    )
