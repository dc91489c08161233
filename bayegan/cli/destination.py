"""Where an export goes: to a file of some kind, with a manifest or without, or to a folder of some kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bayegan import exporting
from bayegan.dataset import manifest
from bayegan.dataset.selection import Selection
from bayegan.dataset.splits import Splitting
from bayegan.export.fields import Shape
from bayegan.export.formats import format_of
from crawler.errors import UsageError

if TYPE_CHECKING:
    from bayegan.archive.reader import Archive
    from bayegan.dataset.manifest import Previous
    from bayegan.dataset.writing import Written

Report = Callable[[int], None]

OF_WARC: Final = "A WARC file holds whole pages: leave out --fields, --no-body, --defuse and --bom."
OF_DATASET: Final = "--split, --test-share and --validation-share are for a dataset: name a folder, ending in /."
NO_MANIFEST: Final = "Neither WARC files nor --partition have a manifest: leave out --manifest and --since-export."
OF_PREVIOUS: Final = "An update takes filters, fields and splits from --since-export: leave the others out."
PLAIN_FOLDER: Final = "A dataset is no table of cells: --defuse and --bom are for .csv and .tsv."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command was asked for; ``name`` is the path as written, ``splitting`` None where nothing says how."""

    name: str
    selection: Selection
    shape: Shape
    splitting: Splitting | None = None
    partition: bool = False
    manifest: bool = False
    since: Path | None = None
    contact: str | None = None

    @property
    def path(self) -> Path:
        return Path(self.name)

    @property
    def is_dataset(self) -> bool:
        """Whether it is a folder: it ends in a slash, is one already, or has no suffix."""
        if self.partition or self.name == exporting.STANDARD_OUTPUT:
            return False
        unknown = format_of(self.path.name) is None and not exporting.is_warc(self.path)
        bare = not self.path.suffix and not self.path.name.startswith(".")
        return self.name.endswith("/") or (unknown and (bare or self.path.is_dir()))

    @property
    def is_pages(self) -> bool:
        return not self.partition and not self.is_dataset and exporting.is_warc(self.path)


def previous(wanted: Wanted) -> "Previous | None":
    """What the update is to; raises UsageError for options that do not go together, ManifestError."""
    filtered = (wanted.selection, wanted.splitting) != (Selection(), None)
    table = (
        (wanted.is_pages and wanted.shape != Shape(), OF_WARC),
        (wanted.splitting and not wanted.is_dataset, OF_DATASET),
        ((wanted.manifest or wanted.since) and (wanted.is_pages or wanted.partition), NO_MANIFEST),
        (wanted.since and filtered, OF_PREVIOUS),
        (wanted.is_dataset and (wanted.shape.defuse or wanted.shape.bom), PLAIN_FOLDER),
    )
    for holds, sentence in table:
        if holds:
            raise UsageError(sentence)
    return manifest.read(wanted.since) if wanted.since else None


def write(archive: "Archive", wanted: Wanted, before: "Previous | None", report: Report | None) -> str:
    """Write it; the answer is the sentence to be said."""
    if wanted.is_pages:
        return _pages(archive, wanted, report)
    if wanted.is_dataset:
        return _dataset(archive, wanted, before, report)
    if wanted.manifest or before:
        return _with_manifest(archive, wanted, before, report)
    write = exporting.export_partitions if wanted.partition else exporting.export
    asked = wanted.selection
    count = write(archive, wanted.path, asked.filters, narrowing=asked.narrowing, shape=wanted.shape, report=report)
    place = "standard output" if wanted.name == exporting.STANDARD_OUTPUT else wanted.path
    return f"{count:,} articles written to {place}."


def _pages(archive: "Archive", wanted: Wanted, report: Report | None) -> str:
    path, asked = wanted.path, wanted.selection
    now = datetime.now(UTC)
    done = exporting.export_pages(archive, path, asked.filters, at=now, narrowing=asked.narrowing, report=report)
    without = f"; {done.without:,} of them came without a page, and are not in it" if done.without else ""
    return f"{done.pages:,} pages of {done.articles:,} articles written to {path}{without}."


def _dataset(archive: "Archive", wanted: Wanted, before: "Previous | None", report: Report | None) -> str:
    from bayegan.dataset import writing  # noqa: PLC0415 -- only for who asks for it

    if before:
        return _told(
            writing.export_update(archive, wanted.path, before, contact=wanted.contact, report=report), wanted.path
        )
    splitting = wanted.splitting or Splitting(seed=wanted.selection.narrowing.seed)
    done = writing.export_dataset(
        archive, wanted.path, wanted.selection, splitting, contact=wanted.contact, report=report
    )
    return _told(done, wanted.path)


def _with_manifest(archive: "Archive", wanted: Wanted, before: "Previous | None", report: Report | None) -> str:
    from bayegan.dataset import files  # noqa: PLC0415

    asked = before.selection if before else wanted.selection
    shape = Shape(fields=asked.fields, defuse=wanted.shape.defuse, bom=wanted.shape.bom)
    done = files.export_with_manifest(
        archive, wanted.path, asked, shape, previous=before, contact=wanted.contact, report=report
    )
    return _told(done, wanted.path)


def _told(done: "Written", path: Path) -> str:
    counts = done.counts or {name: count for name, count in done.splits.items() if name}
    parts = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    return f"{done.articles:,} articles written to {path}{': ' if parts else ''}{parts}."
