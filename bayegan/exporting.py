"""What the archive holds, as one file: JSON lines or CSV by its suffix, whole or not there at all."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from bayegan.drafts import ExportError, unwritten, written_beside
from crawler.article_json import article_json
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from bayegan.archive.reader import Archive
    from bayegan.search import Filter
    from bayegan.warc.writing import PagesWritten

    Row = Mapping[str, Any]  # an article in its JSON shape

__all__ = ["ExportError", "export", "export_pages"]

STANDARD_OUTPUT: Final = "-"
WARC: Final = ".warc.gz"
REPORT_EVERY: Final = 500  # articles
COLUMNS: Final = (
    "agency",
    "news_code",
    "url",
    "title",
    "kicker",
    "lead",
    "body",
    "tags",
    "sections",
    "authors",
    "place",
    "published",
    "published_jalali",
    "modified",
    "image",
    "kind",
    "language",
    "reader",
)
# Some readers of text take these for the end of a line; written as \\uXXXX they are the same JSON.
_LINE_ENDS: Final = re.compile("[\u0085\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How a file of one suffix begins, and how an article stands in it."""

    head: bytes = b""
    line: Callable[[Row], bytes]


def json_line(row: Row) -> bytes:
    r"""One article as one line of UTF-8, Persian letters as they are.

    >>> json_line({"title": "خبر\u2028", "tags": []}).decode()
    '{"title": "خبر\\u2028", "tags": []}\n'
    """
    text = json.dumps(row, ensure_ascii=False)
    return (_LINE_ENDS.sub(_escaped, text) + "\n").encode()


def csv_line(row: Row) -> bytes:
    """One article as one record of RFC 4180, in the order of COLUMNS."""
    return _record([_cell(row[column]) for column in COLUMNS])


def joined(names: list[str]) -> str:
    r"""Join names with a bar; a bar or a backslash inside a name has a backslash before it.

    >>> joined(["اقتصاد", "نفت|گاز"])
    'اقتصاد|نفت\\|گاز'
    """
    return "|".join(name.replace("\\", "\\\\").replace("|", "\\|") for name in names)


def export(archive: Archive, path: Path, filters: Filter, *, report: Callable[[int], None] | None = None) -> int:
    """Write the articles that pass the filters, in the order of their ``sort``; the answer is how many.

    ``-`` is standard output, as JSON lines. A file is written beside its place and put there when it is whole,
    so that an older one is replaced by a whole one or not at all. ``report`` is told the number written so far.
    Raises UsageError for a suffix that is no known format, ExportError where the file cannot be written.
    """
    if str(path) == STANDARD_OUTPUT:
        return _print(_rows(archive, filters), report)
    chosen = _format(path)
    _refuse_archive_itself(archive, path)
    with written_beside(path) as stream:
        return _write(stream, chosen, _rows(archive, filters), report)


def export_pages(
    archive: Archive, path: Path, filters: Filter, *, at: datetime, report: Callable[[int], None] | None = None
) -> PagesWritten:
    """Write the kept pages of the articles that pass the filters as a WARC file, ``.warc.gz``, made ``at``.

    Like :func:`export` in all else.
    """
    from bayegan.warc import writing  # noqa: PLC0415 -- only for who asks for it

    _refuse_archive_itself(archive, path)
    with written_beside(path) as stream:
        return writing.write(stream, archive.pages(filters), at=at, report=report)


def is_warc(path: Path) -> bool:
    """Whether a file of this name holds pages, not articles."""
    return path.name.lower().endswith(WARC)


def _refuse_archive_itself(archive: Archive, path: Path) -> None:
    if os.path.realpath(path) == os.path.realpath(archive.path):
        raise UsageError(f"{path} is the archive itself: name another file.")


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _rows(archive: Archive, filters: Filter) -> Iterator[Row]:
    return (article_json(row.article) for row in archive.select(filters))


def _write(stream: BinaryIO, chosen: Format, rows: Iterator[Row], report: Callable[[int], None] | None) -> int:
    count = 0
    stream.write(chosen.head)
    for count, row in enumerate(rows, start=1):
        stream.write(chosen.line(row))
        if report and count % REPORT_EVERY == 0:
            report(count)
    if report:
        report(count)
    return count


def _print(rows: Iterator[Row], report: Callable[[int], None] | None) -> int:
    try:
        count = _write(sys.stdout.buffer, FORMATS[".jsonl"], rows, report)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # whoever reads has had enough; the command line knows how to end then
    except OSError as error:
        raise unwritten("Standard output", error) from error
    return count


def _format(path: Path) -> Format:
    chosen = FORMATS.get(path.suffix.lower())
    if chosen is None:
        raise UsageError(f"«{path.name}» does not say a format: let it end in {' or '.join((*FORMATS, WARC))}.")
    return chosen


class _Echo:
    """What csv writes to: hands the record back."""

    def write(self, record: str) -> str:
        return record


_CSV: Final = csv.writer(_Echo())  # comma, double quotes, CRLF


def _record(cells: list[str]) -> bytes:
    return str(_CSV.writerow(cells)).encode()


def _cell(value: Any) -> str:
    return joined(value) if isinstance(value, list) else value or ""


FORMATS: Final = {
    ".jsonl": Format(line=json_line),
    ".csv": Format(head=_record(list(COLUMNS)), line=csv_line),
}
