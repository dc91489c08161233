"""What an export held, article by article: enough to tell exactly, later and without it, what has changed since.

A line for each article: agency, news code, ``content_hash`` (its kicker, title, lead, body and tags), ``record`` (a
digest of all the fields that were written) and the split it is in. No text of an article can be made of it.
"""

from __future__ import annotations

import io
import json
from hashlib import blake2b, sha256
from typing import TYPE_CHECKING, BinaryIO, Final

from bayegan.archive.schema import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bayegan.archive.reading import Key
    from bayegan.export.reading import Columns

NEEDED: Final = ("agency", "news_code", "content_hash", "last_seen")
HASH_BYTES, RECORD_BYTES = 32, 16
TOLD_BYTES: Final = HASH_BYTES + RECORD_BYTES + 1
SPLITS: Final = ("", "train", "validation", "test")
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def entries(columns: Columns, fields: Sequence[str], split: str = "") -> list[bytes]:
    """The entries of articles of which at least ``fields`` and NEEDED were read, as texts.

    Each is one piece of memory, since there may be millions; they sort by agency and code. :func:`parted` says what of.
    """
    keys = zip(columns["agency"], columns["news_code"], strict=True)
    records = zip(*(columns[field] for field in fields), strict=True)
    return [
        _entry(key, bytes.fromhex(content_hash) + _record(record), split)
        for key, content_hash, record in zip(keys, columns["content_hash"], records, strict=True)
    ]


def parted(entry: bytes) -> tuple[bytes, bytes]:
    """Whose entry it is, and what it tells of the article: when both are the same, so are the articles."""
    return entry[: -TOLD_BYTES - 1], entry[-TOLD_BYTES:]


def key_of(entry_key: bytes) -> Key:
    agency, _, code = entry_key.decode().partition("\0")  # no agency's name has a NUL
    return agency, code


def archive_hash(found: Iterable[bytes]) -> str:
    """SHA-256 in hex over the schema of the archive and, in their order, each article's key and content hash.

    Two exports of the same articles have the same, whatever was written of them and wherever their archive stands.
    """
    digest = sha256(_line(*KNOWN))
    for key, told in map(parted, sorted(found)):
        digest.update(_line(*key_of(key), told[:HASH_BYTES].hex()))
    return digest.hexdigest()


def write(stream: BinaryIO, found: Iterable[bytes]) -> None:
    """Write the listing as compressed JSON lines, in the order of agencies and codes."""
    import zstandard  # noqa: PLC0415 -- only for who asks for it

    compressor = zstandard.ZstdCompressor(level=3, write_checksum=True)
    with compressor.stream_writer(stream, closefd=False) as packed:
        for key, told in map(parted, sorted(found)):
            agency, code = key_of(key)
            row = {
                "agency": agency,
                "news_code": code,
                "content_hash": told[:HASH_BYTES].hex(),
                "record": told[HASH_BYTES:-1].hex(),
                "split": SPLITS[told[-1]] or None,
            }
            packed.write(f"{_ENCODER.encode(row)}\n".encode())


def read(stream: BinaryIO) -> Iterator[bytes]:
    """What :func:`write` wrote; raises ValueError, KeyError or zstandard.ZstdError for anything else."""
    import zstandard  # noqa: PLC0415

    with zstandard.ZstdDecompressor().stream_reader(stream) as packed:
        for line in io.TextIOWrapper(packed, encoding="utf-8", newline="\n"):
            row = json.loads(line)
            digests = bytes.fromhex(row["content_hash"]) + bytes.fromhex(row["record"])
            yield _entry((row["agency"], row["news_code"]), digests, row["split"] or "")


def _entry(key: Key, digests: bytes, split: str) -> bytes:
    return b"".join(("\0".join((*key, "")).encode(), digests, bytes((SPLITS.index(split),))))


def _record(values: Sequence[object]) -> bytes:
    return blake2b(_ENCODER.encode(values).encode(), digest_size=RECORD_BYTES).digest()


def _line(*values: str) -> bytes:
    return f"{_ENCODER.encode(values)}\n".encode()
