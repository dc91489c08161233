"""What the archive holds, as a file or a folder of another kind, whole or not there at all."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

from bayegan.archive.pages.kept import KeptPages
from bayegan.drafts import ExportError, folder_beside, unwritten, written_beside
from bayegan.export import arrow, partitions, reading
from bayegan.export.fields import Shape
from bayegan.export.formats import FORMATS, Format, format_of
from bayegan.export.narrowing import WHOLE, Narrowing, narrowed
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from bayegan.archive.reader import Archive
    from bayegan.export.reading import Columns
    from bayegan.search import Filter
    from bayegan.warc.writing import PagesWritten

    Report = Callable[[int], None]

__all__ = ["ExportError", "Narrowing", "Shape", "export", "export_pages", "export_partitions", "is_warc"]

STANDARD_OUTPUT: Final = "-"
WARC: Final = ".warc.gz"
USUAL: Final = Shape()


def export(
    archive: Archive,
    path: Path,
    filters: Filter,
    *,
    narrowing: Narrowing = WHOLE,
    shape: Shape = USUAL,
    report: Report | None = None,
) -> int:
    """Write the articles that pass the filters, in the order of their ``sort``; the answer is how many.

    The suffix says the format; ``-`` is standard output, as JSON lines. A file is written beside its place and put
    there when it is whole, so that an older one is replaced by a whole one or not at all. ``report`` is told the number
    written so far.
    Raises UsageError for a suffix that is no known format, ExportError where the file cannot be written.
    """
    counted = Counted(report)
    with archive.snapshot() as conn, opened(archive, path, shape) as (put, as_bytes):
        ids = narrowed(conn, filters, narrowing)
        for columns in reading.columns(conn, ids, shape.fields, as_bytes=as_bytes):
            put(columns)
            counted(columns)
    return counted.sum


@contextmanager
def opened(archive: Archive, path: Path, shape: Shape) -> Iterator[tuple[Callable[[Columns], None], bool]]:
    """Give what puts articles into the file that :func:`export` would write, and whether texts are best as bytes."""
    chosen = _format(path)
    _check(path, shape, cells=chosen.cells, takes_arrow=chosen.arrow)
    _refuse_archive_itself(archive, path)
    with _place(path) as stream, chosen.opened(stream, shape) as put:
        yield put, chosen.arrow


def export_partitions(
    archive: Archive,
    path: Path,
    filters: Filter,
    *,
    narrowing: Narrowing = WHOLE,
    shape: Shape = USUAL,
    report: Report | None = None,
) -> int:
    """Write a folder of Parquet files, one for each agency and Jalali year; ``path`` is new or empty.

    Like :func:`export` in all else.
    """
    if str(path) == STANDARD_OUTPUT:
        raise UsageError("A folder cannot be written to standard output: name one.")
    _check(path, shape, cells=False, takes_arrow=True)
    counted = Counted(report)
    with archive.snapshot() as conn, folder_beside(path) as folder:
        partitions.write(conn, folder, narrowed(conn, filters, narrowing), shape, counted)
    return counted.sum


def export_pages(
    archive: Archive,
    path: Path,
    filters: Filter,
    *,
    at: datetime,
    narrowing: Narrowing = WHOLE,
    report: Report | None = None,
) -> PagesWritten:
    """Write the kept pages of the articles that pass the filters as a WARC file, ``.warc.gz``, made ``at``.

    Like :func:`export` in all else.
    """
    from bayegan.warc import writing  # noqa: PLC0415 -- only for who asks for it

    _refuse_archive_itself(archive, path)
    with archive.snapshot() as conn, written_beside(path) as stream:
        kept = map(KeptPages(conn).of_article, narrowed(conn, filters, narrowing))
        return writing.write(stream, kept, at=at, report=report)


def is_warc(path: Path) -> bool:
    """Whether a file of this name holds pages, not articles."""
    return path.name.lower().endswith(WARC)


def _format(path: Path) -> Format:
    chosen = FORMATS[".jsonl"] if str(path) == STANDARD_OUTPUT else format_of(path.name)
    if chosen is None:
        known = ", ".join(FORMATS)
        raise UsageError(
            f"«{path.name}» does not say a format: let it end in {known} or {WARC}, or name a folder, ending in /."
        )
    return chosen


def _check(path: Path, shape: Shape, *, cells: bool, takes_arrow: bool) -> None:
    if (shape.defuse or shape.bom) and not cells:
        raise UsageError(f"{path.name} is no table of cells: --defuse and --bom are for .csv and .tsv.")
    if takes_arrow:
        arrow.check_installed(path.name)


def _refuse_archive_itself(archive: Archive, path: Path) -> None:
    if os.path.realpath(path) == os.path.realpath(archive.path):
        raise UsageError(f"{path} is the archive itself: name another file.")


def _place(path: Path) -> AbstractContextManager[BinaryIO]:
    return _standard_output() if str(path) == STANDARD_OUTPUT else written_beside(path)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # whoever reads has had enough; the command line knows how to end then
    except OSError as error:
        raise unwritten("Standard output", error) from error


class Counted:
    """Counts what is written, and tells of it."""

    def __init__(self, report: Report | None) -> None:
        self.sum = 0
        self._report = report

    def __call__(self, columns: Columns) -> None:
        self.sum += len(next(iter(columns.values())))
        if self._report:
            self._report(self.sum)
