"""A single file with a manifest beside it, or an update to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayegan import exporting
from bayegan.dataset import listing, manifest
from bayegan.dataset.difference import Held
from bayegan.dataset.manifest import Told
from bayegan.dataset.writing import Written
from bayegan.drafts import written_beside
from bayegan.export import reading
from bayegan.export.narrowing import narrowed
from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bayegan.archive.reader import Archive
    from bayegan.dataset.manifest import Previous
    from bayegan.dataset.selection import Selection
    from bayegan.export.fields import Shape
    from bayegan.export.reading import Columns

    Report = Callable[[int], None]


def export_with_manifest(
    archive: Archive,
    path: Path,
    selection: Selection,
    shape: Shape,
    *,
    previous: Previous | None = None,
    contact: str | None = None,
    report: Report | None = None,
) -> Written:
    """Write a file as :func:`exporting.export` does, and beside it ``FILE.manifest.json`` and a listing.

    With ``previous`` only what an earlier export did not hold, or held otherwise; the manifest names who has gone.
    The selection's fields are the shape's; ``contact`` is whom to write to who wants something taken down.
    """
    listed = path.with_name(f"{path.name}.{manifest.LISTING}")
    _check(path, listed, previous)
    held = Held(None if previous is None else previous.entries())
    # What stands beside the file is begun first and put there last: on a full disk there is none of the three.
    with archive.snapshot() as conn, written_beside(manifest.beside(path)) as about:
        with written_beside(listed) as lines, exporting.opened(archive, path, shape) as (put, _):
            ids = narrowed(conn, selection.filters, selection.narrowing)
            written = _write(reading.columns(conn, ids, _read(shape)), held, shape, put, report)
            listing.write(lines, held.entries)
            lines.flush()
        taken_down, left_out = held.gone(conn)
        told = Told(
            selection=selection,
            archive_hash=listing.archive_hash(held.entries),
            as_of=held.as_of(conn),
            counts={"articles": written, **held.counts},
            contact=contact or (previous.contact if previous else None),
            since=previous.archive_hash if previous else None,
            taken_down=taken_down,
            left_out=left_out,
        )
        about.write(manifest.document(told, {path.name: path, listed.name: listed}, listed.name))
    gone = {"taken down": len(taken_down), "left out": len(left_out)}
    counts = {"new": held.counts["new"], "changed": held.counts["changed"]} | gone if previous else {}
    return Written(splits={"": written}, counts=counts)


def _check(path: Path, listed: Path, previous: Previous | None) -> None:
    if str(path) == exporting.STANDARD_OUTPUT:
        raise UsageError("A manifest stands beside a file: name one instead of standard output.")
    if previous is None:
        return
    if previous.splitting is not None:
        raise UsageError("What was exported before is a dataset: name a folder for the update, ending in /.")
    previous.check_apart(path, listed)


def _write(
    read: Iterable[Columns], held: Held, shape: Shape, put: Callable[[Columns], None], report: Report | None
) -> int:
    written = 0
    for columns in read:
        news = held.news(columns, shape.fields)
        written += len(news["agency"])
        put({field: news[field] for field in shape.fields})
        if report:
            report(len(held.entries))
    return written


def _read(shape: Shape) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*shape.fields, *listing.NEEDED)))
