"""The command `takedown`: an article out of the archive, for good."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bayegan.archive.reader import open_archive
from bayegan.cli import options, output
from bayegan.cli.options import DEFAULT_ARCHIVE
from crawler.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.takedown import Taken


def takedown(
    name: Annotated[str, typer.Argument(metavar="AGENCY/CODE", help="The article, such as shabestan/1001756.")],
    *,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, kept on its tombstone.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask no question; needed where nobody could answer.")] = False,
    archive: options.ArchiveFile = DEFAULT_ARCHIVE,
) -> None:
    """Remove an article everywhere, for good: no crawl or import brings it back. Writes the whole file anew."""
    key = options.agency_and_code(name)
    title = _title(archive, key)
    if not yes:
        _ask(name, title)
    from bayegan.archive.writer import Writer  # noqa: PLC0415 -- sqlite-utils, which no question waits for
    from bayegan.takedown import take_down  # noqa: PLC0415

    with Writer(archive) as writer:
        taken = take_down(writer, key, why=why)
    for sentence in _told(taken):
        output.say(sentence)


def _title(archive: "Path", key: tuple[str, str]) -> str | None:
    """Its title, where it is held; raises ArchiveError where there is no archive, so that none is made."""
    with open_archive(archive) as opened:
        article = opened.article(*key)
    return article.title if article else None


def _ask(name: str, title: str | None) -> None:
    if not sys.stdin.isatty():
        raise UsageError("Nobody is there to be asked whether it is to go for good: say --yes.")
    typer.confirm(f"Take {name} down for good{f' («{output.plain(title)}»)' if title else ''}?", abort=True, err=True)


def _told(taken: "Taken") -> list[str]:
    name = f"{taken.agency}/{taken.news_code}"
    if taken.held:
        gone = f"{name} was taken down, with {taken.revisions} earlier readings and {taken.pages} pages."
    elif taken.before:
        return [f"{name} was taken down already ({taken.before}); the file was written anew."]
    else:
        gone = f"{name} was not held; it will not be fetched."
    twins = ", ".join(map("/".join, taken.twins))
    stay = [f"The same text stays as {twins}: take it down too, if that is meant."] if twins else []
    return [gone, *stay, "Exports and copies that were made before still have what they had."]
