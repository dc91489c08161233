"""What a command shows: tables and JSON on standard output, messages on standard error."""

import logging
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from bayegan import logs
from bayegan.export.jsonl import json_line
from crawler.dates import TEHRAN, jalali

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

WIDE: Final = 100_000  # columns of a pipe: what goes to a file is never folded
MISSING: Final = "–"
MARKS: Final = ("\x02", "\x03")  # around a match, until it is known what it is shown on
CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What turns the direction of the text behind it, each with what ends it (Unicode's UAX #9).
TURNS: Final = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
TURNING: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
BOLD: Final = ("\x1b[1m", "\x1b[0m")
FAINT: Final = ("\x1b[2m", "\x1b[0m")
QUOTES: Final = ("«", "»")
CHANGES: Final = {"insert": ("[+", "+]", "\x1b[32m"), "delete": ("[-", "-]", "\x1b[31m")}
PLAIN: Final = "\x1b[0m"


def say(sentence: str, more: Mapping[str, Any] | None = None, level: int = logging.WARNING) -> None:
    """One message for the human beside the machine; a document where machines read the log, with ``more`` fields."""
    written = logs.line(plain(sentence), level, more) if logs.SPEAKING.form == "json" else plain(sentence)
    typer.echo(written, file=sys.stderr)  # as it is now: a bar that is drawn puts itself in between


def show(text: str) -> None:
    typer.echo(text, file=sys.stdout)


def plain(text: str) -> str:
    r"""Text of a page without the control characters that could drive a terminal, or turn the rest of its line around.

    >>> plain("\x1b]0;title\x07خبر")
    ']0;titleخبر'
    """
    shown = CONTROLS.sub("", text)
    if TURNING.search(shown) is None:
        return shown
    return "\n".join(line if _turns_back(line) else TURNING.sub("", line) for line in shown.split("\n"))


def _turns_back(line: str) -> bool:
    """Whether every mark that turns the direction is ended in its line, and none is ended that never began."""
    awaited: list[str] = []
    for mark in TURNING.findall(line):
        if mark in TURNS:
            awaited.append(TURNS[mark])
        elif not awaited or awaited.pop() != mark:
            return False
    return not awaited


def marked(text: str) -> str:
    """The matches in MARKS as bold text on a terminal, in quotation marks elsewhere."""
    shown = BOLD if sys.stdout.isatty() else QUOTES
    parts = re.split(f"([{''.join(MARKS)}])", text)
    return "".join(shown[MARKS.index(part)] if part in MARKS else plain(part) for part in parts)


def faint(text: str) -> str:
    """Text that stands back on a terminal; as it is elsewhere."""
    return text.join(FAINT) if sys.stdout.isatty() else text


def changed(text: str, how: str) -> str:
    """Words that came or went in brackets, on a terminal in colour too: brackets alone survive a copy."""
    opening, closing, colour = CHANGES[how]
    written = f"{opening}{plain(text)}{closing}"
    return f"{colour}{written}{PLAIN}" if sys.stdout.isatty() else written


def document(value: Mapping[str, Any]) -> None:
    """One JSON document in one line, UTF-8 whatever the terminal's encoding."""
    sys.stdout.buffer.write(json_line(value))


def lines(values: Iterable[Mapping[str, Any]]) -> None:
    """JSON lines: one document a line."""
    for value in values:
        document(value)


def record(row: "DataclassInstance") -> dict[str, Any]:
    """A row as JSON takes it, moments and days in ISO 8601."""
    return {name: _jsonable(value) for name, value in asdict(row).items()}


def _jsonable(value: Any) -> Any:
    if isinstance(value, date | Path):
        return str(value) if isinstance(value, Path) else value.isoformat()
    if isinstance(value, Mapping):
        return {name: _jsonable(inner) for name, inner in value.items()}
    return [_jsonable(inner) for inner in value] if isinstance(value, list | tuple) else value


def day(written: date | None) -> str:
    """A day in both calendars.

    >>> day(date(2020, 12, 7))
    '1399-09-17 (2020-12-07)'
    """
    return MISSING if written is None else f"{jalali(written)} ({written:%Y-%m-%d})"


def moment(written: datetime | None) -> str:
    """A moment on Tehran's clock, in both calendars.

    >>> moment(datetime(2020, 12, 7, 14, 30, tzinfo=TEHRAN))
    '1399-09-17 14:30 (2020-12-07)'
    """
    here = written and written.astimezone(TEHRAN)
    return MISSING if here is None else f"{jalali(here)} {here:%H:%M} ({here:%Y-%m-%d})"


def size(count: int) -> str:
    """Bytes as people read them.

    >>> size(900), size(5_300_000)
    ('900 bytes', '5.3 MB')
    """
    return f"{count} bytes" if count < 1000 else f"{count / 1e6:,.1f} MB"  # noqa: PLR2004 -- where kilobytes begin


def counter(unit: str) -> Callable[[int], None] | None:
    """What shows a growing number on a terminal; None where nobody looks."""
    if not sys.stderr.isatty():
        return None
    return lambda count: typer.echo(f"{count:,} {unit}\r", err=True, nl=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table without a frame; numbers stand to the right, None is a dash, and a narrow terminal folds it."""
    from rich.console import Console  # noqa: PLC0415 -- a tenth of a second that only tables pay
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    kept = list(rows)
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for place, column in enumerate(columns):
        numeric = bool(kept) and all(isinstance(row[place], int | float | None) for row in kept)
        grid.add_column(column, justify="right" if numeric else "left", overflow="fold")
    for row in kept:
        grid.add_row(*(Text(MISSING if cell is None else plain(str(cell))) for cell in row))
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDE, highlight=False).print(grid)
