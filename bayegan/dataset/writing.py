"""A dataset, or an update to one, as a whole folder in Hugging Face layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bayegan.attention import plotting
from bayegan.dataset import card, census, croissant, facts, gaps, listing, manifest, pictures, update_card
from bayegan.dataset.census import Census
from bayegan.dataset.difference import Held
from bayegan.dataset.facts import Facts
from bayegan.dataset.manifest import Told
from bayegan.dataset.splits import divide
from bayegan.drafts import folder_beside
from bayegan.export import arrow, reading
from bayegan.export.fields import Shape
from bayegan.export.narrowing import narrowed
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    import sqlite3
    from array import array
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bayegan.archive.reader import Archive
    from bayegan.dataset.manifest import Previous
    from bayegan.dataset.selection import Selection
    from bayegan.dataset.splits import Parts, Splitting

    Report = Callable[[int], None]

SHARD: Final = 200_000  # articles a file: some 300 MB
EMPTY: Final = "No article would be in the dataset: widen the filters, or split by chance what has no dates."
PLACE: Final = "data/{}-{:05}-of-{:05}.parquet"


class EmptyDatasetError(BayeganError):
    """Nothing passes, and no reader opens a dataset of nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How many articles are in each split of what was written; of an update, how many are new and changed, and went."""

    splits: Mapping[str, int]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def articles(self) -> int:
        return sum(self.splits.values())


def export_dataset(
    archive: Archive,
    path: Path,
    selection: Selection,
    splitting: Splitting,
    *,
    contact: str | None = None,
    report: Report | None = None,
) -> Written:
    """Write the articles as a dataset; ``path`` is new, empty, or a dataset that this one takes the place of.

    Nothing in it tells when it was made: the same archive gives the same bytes. ``contact`` is whom to write to who
    wants something taken down. ``report`` is told the number of articles seen so far.
    Raises ExportError where it cannot be written, EmptyDatasetError where nothing passes; then there is none of it.
    """
    arrow.check_installed(path.name)
    plotting.check_installed()
    with archive.snapshot() as conn, folder_beside(path, replaces=manifest.is_ours) as folder:
        parts = divide(conn, narrowed(conn, selection.filters, selection.narrowing), splitting)
        held, counted = Held(), Census()
        _write_articles(conn, folder, parts, selection, held, counted, report)
        if not counted.whole.articles:
            raise EmptyDatasetError(EMPTY)
        found = _facts(conn, folder, selection, splitting, parts, held, counted, contact)
        _write_about(folder, found)
        told = Told(
            selection=selection,
            archive_hash=found.archive_hash,
            as_of=found.as_of,
            splitting=splitting,
            counts=_counts(parts, counted),
            contact=contact,
        )
        _write_manifest(folder, told, held)
    return Written(splits={name: counted.splits[name].articles for name in splitting.names})


def export_update(
    archive: Archive,
    path: Path,
    previous: Previous,
    *,
    contact: str | None = None,
    report: Report | None = None,
) -> Written:
    """Write what a dataset like ``previous`` would hold now and did not hold then; its manifest names who has gone.

    Like :func:`export_dataset` in all else; whom to write to is who it was then, unless told. Whoever takes the gone
    and the changed out of the earlier dataset, and puts what is here into the same splits, has the dataset as it would
    be written now.
    """
    arrow.check_installed(path.name)
    if previous.splitting is None:
        raise UsageError("What was exported before is a single file: let the update be one too.")
    previous.check_apart(path, path / manifest.LISTING)
    selection, splitting = previous.selection, previous.splitting
    with archive.snapshot() as conn, folder_beside(path, replaces=manifest.is_ours) as folder:
        parts = divide(conn, narrowed(conn, selection.filters, selection.narrowing), splitting)
        held, counted = Held(previous.entries()), Census()
        _write_articles(conn, folder, parts, selection, held, counted, report)
        taken_down, left_out = held.gone(conn)
        counts = {"new": held.counts["new"], "changed": held.counts["changed"]}
        told = Told(
            selection=selection,
            archive_hash=listing.archive_hash(held.entries),
            as_of=held.as_of(conn),
            splitting=splitting,
            counts=_counts(parts, counted) | counts,
            contact=contact or previous.contact,
            since=previous.archive_hash,
            taken_down=taken_down,
            left_out=left_out,
        )
        (folder / "README.md").write_text(update_card.card(told, counted), encoding="utf-8")
        _write_manifest(folder, told, held)
    gone = {"taken down": len(taken_down), "left out": len(left_out)}
    return Written(splits={name: counted.splits[name].articles for name in splitting.names}, counts=counts | gone)


def _write_articles(
    conn: sqlite3.Connection,
    folder: Path,
    parts: Parts,
    selection: Selection,
    held: Held,
    counted: Census,
    report: Report | None,
) -> None:
    (folder / "data").mkdir()
    shape = Shape(fields=selection.fields)
    read = tuple(dict.fromkeys((*shape.fields, *listing.NEEDED, *census.NEEDED)))
    for split, ids in parts.ids.items():
        for name, some in _shards(split, ids):
            before = counted.whole.articles
            with (folder / name).open("xb") as stream, arrow.parquet(stream, shape) as put:
                for columns in reading.columns(conn, some, read):
                    news = held.news(columns, shape.fields, split)
                    counted.see(news, split)
                    put({field: news[field] for field in shape.fields})
                    if report:
                        report(len(held.entries))
            if counted.whole.articles == before:
                (folder / name).unlink()


def _shards(split: str, ids: array[int]) -> Iterator[tuple[str, array[int]]]:
    count = -(-len(ids) // SHARD) or 1
    for number in range(count):
        yield PLACE.format(split, number, count), ids[number * SHARD : (number + 1) * SHARD]


def _facts(
    conn: sqlite3.Connection,
    folder: Path,
    selection: Selection,
    splitting: Splitting,
    parts: Parts,
    held: Held,
    counted: Census,
    contact: str | None,
) -> Facts:
    as_of = held.as_of(conn)
    return Facts(
        selection=selection,
        splitting=splitting,
        parts=parts,
        census=counted,
        days=gaps.days_of(conn, facts.windows(counted, selection.filters, as_of)),
        agencies=facts.agencies(conn),
        archive_hash=listing.archive_hash(held.entries),
        as_of=as_of,
        contact=contact,
        files={name: manifest.described(path) for name, path in _files(folder).items()},
        unpacked={split: _unpacked(folder, split) for split in splitting.names},
    )


def _unpacked(folder: Path, split: str) -> int:
    """How many bytes the files of a split are without compression, as they tell themselves."""
    import pyarrow.parquet as pq  # noqa: PLC0415 -- it wrote them, and is loaded

    told = [pq.read_metadata(path) for path in sorted((folder / "data").glob(f"{split}-*.parquet"))]
    return sum(one.row_group(number).total_byte_size for one in told for number in range(one.num_row_groups))


def _write_about(folder: Path, found: Facts) -> None:
    for name, picture in pictures.drawn(found).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(picture)
    (folder / "coverage.csv").write_text(gaps.table(found.days), encoding="utf-8")
    (folder / "README.md").write_text(card.card(found), encoding="utf-8")
    (folder / "croissant.json").write_bytes(croissant.document(found))


def _write_manifest(folder: Path, told: Told, held: Held) -> None:
    with (folder / manifest.LISTING).open("xb") as stream:
        listing.write(stream, held.entries)
    body = manifest.document(told, _files(folder), manifest.LISTING)
    (folder / manifest.NAME).write_bytes(body)


def _files(folder: Path) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _counts(parts: Parts, counted: Census) -> dict[str, int]:
    splits = {name: counted.splits[name].articles for name in parts.ids}
    out = {f"left_out_{why}": count for why, count in sorted(parts.left_out.items())}
    return {"articles": counted.whole.articles, **splits, **out}
