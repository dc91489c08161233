"""The manifest of an export: what it is, what it was made of, and what is in each of its files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import bayegan
from bayegan.archive.schema import KNOWN
from bayegan.dataset import listing, selection
from bayegan.dataset.splits import Splitting
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayegan.dataset.selection import Selection

NAME: Final = "manifest.json"
LISTING: Final = "articles.jsonl.zst"
KIND: Final = "bayegan export"
VERSION: Final = 1
NO_MANIFEST: Final = (
    "{path} is no export with a manifest: name a dataset's folder, its manifest.json, or a FILE.manifest.json."
)
NEWER: Final = "{path} was written by a newer bayegan: update this one, or export the whole anew."
SAME_PLACE: Final = "{path} is what the update is to: name another place for it, and keep this one to apply it to."
DAMAGED: Final = "{path} is not what its manifest says: export the whole anew, with --manifest if it is a file."


class ManifestError(BayeganError):
    """There is no manifest, or what it points to is damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a manifest says of an export beside its files.

    ``archive_hash`` is that of :func:`listing.archive_hash`, ``as_of`` when the archive was last at its sites,
    ``contact`` whom to write to. ``splitting`` is None for a single file. An update says ``since`` which archive hash
    it is, and whom it takes away: ``taken_down`` (agency, news_code, when) for good, ``left_out`` (agency, news_code)
    as no longer selected.
    """

    selection: Selection
    archive_hash: str
    as_of: str | None
    splitting: Splitting | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    contact: str | None = None
    since: str | None = None
    taken_down: list[dict[str, str]] = field(default_factory=list)
    left_out: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """An earlier export: how it was selected and divided, its archive hash, whom to write to, where its listing is."""

    selection: Selection
    splitting: Splitting | None
    archive_hash: str
    contact: str | None
    listing: Path

    def entries(self) -> dict[bytes, bytes]:
        """What it held, by key; raises ManifestError where the listing is damaged."""
        from zstandard import ZstdError  # noqa: PLC0415 -- only for who asks for it

        try:
            with self.listing.open("rb") as stream:
                found = dict(map(listing.parted, listing.read(stream)))
        except (OSError, ValueError, KeyError, TypeError, ZstdError) as error:
            raise ManifestError(DAMAGED.format(path=self.listing)) from error
        return found

    def check_apart(self, path: Path, listing: Path) -> None:
        """Raises UsageError where an update at ``path``, with its listing there, would take this one's place."""
        if listing.resolve() == self.listing.resolve():
            raise UsageError(SAME_PLACE.format(path=path))


def document(told: Told, files: Mapping[str, Path], listing_name: str) -> bytes:
    """The manifest as JSON; ``files`` by their name in it."""
    update: dict[str, Any] = {"since": told.since, "taken_down": told.taken_down, "left_out": told.left_out}
    body = {
        "kind": KIND,
        "version": VERSION,
        "software": f"bayegan {bayegan.__version__}",
        "archive": {"hash": told.archive_hash, "as_of": told.as_of, "schema": list(KNOWN)},
        "selection": selection.told(told.selection),
        "splitting": asdict(told.splitting) if told.splitting else None,
        "counts": dict(told.counts),
        "contact": told.contact,
        **(update if told.since else {}),
        "listing": listing_name,
        "files": {name: described(path) for name, path in sorted(files.items())},
    }
    return f"{json.dumps(body, ensure_ascii=False, indent=2)}\n".encode()


def described(path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        return {"bytes": path.stat().st_size, "sha256": file_digest(stream, "sha256").hexdigest()}


def read(path: Path) -> Previous:
    """The export at ``path``: a folder, a manifest, or a file that has one beside it. Raises ManifestError."""
    place = next((one for one in _places(path) if one.is_file()), None)
    if place is None:
        raise ManifestError(NO_MANIFEST.format(path=path))
    body = _document(place)
    if body is None:
        raise ManifestError(NO_MANIFEST.format(path=path))
    try:
        if body["version"] > VERSION:
            raise ManifestError(NEWER.format(path=place))
        found = Previous(
            selection=selection.understood(body["selection"]),
            splitting=Splitting(**body["splitting"]) if body["splitting"] else None,
            archive_hash=body["archive"]["hash"],
            contact=body["contact"],
            listing=place.parent / Path(body["listing"]).name,
        )
        _check(place.parent, body["files"], found)
    except (KeyError, TypeError, ValueError, UsageError) as error:
        raise ManifestError(DAMAGED.format(path=place)) from error
    return found


def is_ours(folder: Path) -> bool:
    """Whether a folder is a dataset of ours and nothing else: what nobody added to, and nobody wrote in."""
    body = _document(folder / NAME)
    if body is None or not isinstance(body.get("files"), dict):
        return False
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}
    named: dict[str, Any] = body["files"]
    return there == {*named, NAME} and all(_unchanged(folder / name, said) for name, said in named.items())


def _unchanged(path: Path, said: dict[str, Any]) -> bool:
    """Of the articles only how many bytes they are: to hash them takes as long as to write them."""
    return path.stat().st_size == said["bytes"] if path.suffix == ".parquet" else described(path) == said


def _places(path: Path) -> tuple[Path, ...]:
    return (path / NAME,) if path.is_dir() else (beside(path), path)


def beside(path: Path) -> Path:
    """Where the manifest of a single file stands.

    >>> str(beside(Path("a/news.jsonl")))
    'a/news.jsonl.manifest.json'
    """
    return path.with_name(f"{path.name}.{NAME}")


def _document(path: Path) -> dict[str, Any] | None:
    """What a manifest of ours says; None for anything else."""
    try:
        body = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return body if isinstance(body, dict) and body.get("kind") == KIND else None


def _check(folder: Path, files: dict[str, Any], found: Previous) -> None:
    """Raises ManifestError where the listing, or a single file that is still there, is not what the manifest says.

    A file that was written anew without a manifest, or of which writing was broken off, stands beside an older one.
    """
    single = () if found.splitting else tuple(files)
    for name in (found.listing.name, *(name for name in single if (folder / name).exists())):
        if not _is(folder / name, files[name]):
            raise ManifestError(DAMAGED.format(path=folder / name))


def _is(path: Path, said: dict[str, Any]) -> bool:
    try:
        return described(path) == said
    except OSError:
        return False
