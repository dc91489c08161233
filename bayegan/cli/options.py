"""The options that several commands share, each said once."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bayegan.search import Sort
from crawler.agencies import agency
from crawler.dates import read_day
from crawler.errors import UnreadableDateError, UsageError
from crawler.text import digits

if TYPE_CHECKING:
    from bayegan.archive.reader import Archive

DEFAULT_ARCHIVE: Final = Path("data/bayegan.db")


def day(written: str) -> date:
    """A day as people write it, in either calendar and either digits; raises UsageError."""
    try:
        return read_day(written)
    except UnreadableDateError:
        raise UsageError(f"«{written}» is no day: write it as 1399-09-17, ۱۳۹۹/۹/۱۷ or 2020-12-07.") from None


def agency_and_code(name: str) -> tuple[str, str]:
    """An article as people name it, such as shabestan/1001756; raises UsageError."""
    agency, _, code = name.partition("/")
    if not (agency and code):
        raise UsageError(f"«{name}» is no article: write its agency and its news code, such as shabestan/1001756.")
    return agency, code if code.startswith("/") else digits(code)  # of a site without codes, the path as written


def check_window(since: date | None, until: date | None) -> None:
    """Raises UsageError for a window that ends before it begins."""
    if since and until and until < since:
        raise UsageError(f"The window ends ({until}) before it begins ({since}): swap the two days.")


def check_agency(archive: "Archive", name: str | None) -> None:
    """Raises UsageError, with near names, for an agency that neither the archive nor bayegan knows."""
    if name is not None and not any(True for _ in archive.articles(agency=name, limit=1)):
        agency(name)


ArchiveFile = Annotated[
    Path,
    typer.Option("--archive", metavar="FILE", envvar="BAYEGAN_ARCHIVE", help="The archive, one SQLite file."),
]
Json = Annotated[bool, typer.Option("--json", help="JSON on standard output, and nothing else there.")]
Since = Annotated[
    date | None,
    typer.Option("--from", metavar="DAY", parser=day, help="First day, in either calendar: 1399-09-17, 2020-12-07."),
]
Until = Annotated[date | None, typer.Option("--to", metavar="DAY", parser=day, help="Last day, itself included.")]
OnlyAgency = Annotated[str | None, typer.Option("--agency", metavar="AGENCY", help="Only this agency.")]
OnlyTag = Annotated[str | None, typer.Option("--tag", metavar="TAG", help="Only articles with this tag.")]
OnlySection = Annotated[str | None, typer.Option("--section", metavar="SECTION", help="Only articles of this section.")]
Distinct = Annotated[
    bool, typer.Option("--distinct", help="One of all that tell the same: the earliest, with how many it stands for.")
]
Order = Annotated[Sort, typer.Option("--sort", help="The newest first, or the most relevant of the newest 2,000.")]
