"""Where a page that a command looks at comes from: a file, standard input, or the net."""

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from crawler.errors import BayeganError, UsageError

STANDARD_INPUT: Final = "-"

Source = Annotated[str, typer.Argument(metavar="FILE|URL", help="A saved page, or an address; - is standard input.")]
Address = Annotated[str | None, typer.Option("--url", metavar="URL", help="The address that the file was saved from.")]


def page_of(source: str, url: str | None = None) -> tuple[bytes, str]:
    """A page, and its address: the one given, else the one that served it, "" for a file's.

    Raises UsageError for an address not of the web, BayeganError where the page cannot be had.
    """
    scheme, separator, _ = source.partition("://")
    if not separator:
        return _local(source), url or ""
    if scheme.lower() not in {"http", "https"}:
        raise UsageError(f"«{source}» is no address of the web: give an http or https address, or a file.")
    from bayegan.cli.fetch import fetch  # noqa: PLC0415 -- what the net needs, only for who asks it

    page, address = fetch(source)
    return page, url or address


def _local(source: str) -> bytes:
    if source == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise BayeganError(f"{source} could not be read ({error.strerror}): check its name.") from error
