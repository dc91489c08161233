"""Rows for people and for machines: a table, JSON lines or CSV."""

import csv
import io
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from bayegan.cli import output
from crawler.errors import UsageError

Csv = Annotated[bool, typer.Option("--csv", help="CSV with a heading on standard output, and nothing else there.")]


def refuse_both(as_json: bool, as_csv: bool) -> None:
    """Raises UsageError where two forms are asked for at once."""
    if as_json and as_csv:
        raise UsageError("--json and --csv both want standard output: choose one of them.")


def csv_text(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    r"""Records of RFC 4180 with a heading; None is an empty cell.

    >>> csv_text(["name", "share"], [{"name": "1399-09", "share": None}])
    'name,share\r\n1399-09,\r\n'
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, as_csv: bool) -> None:
    """The rows as CSV or as JSON lines, UTF-8 whatever the terminal's encoding."""
    if as_csv:
        sys.stdout.buffer.write(csv_text(columns, rows).encode())
    else:
        output.lines(rows)
