"""The records of a WARC file, in their order; where the file is damaged, what stands behind the damage too.

FastWARC reads (plain, gzip, zstd, the last also with its dictionary in the file) and stops at the first fault. It
is then set down again at the next place in the file that begins like a record.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

import zstandard
from fastwarc.stream_io import ZstdReader
from fastwarc.warc import ArchiveIterator

from bayegan.warc.digests import agrees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastwarc.warc import WarcRecord

    Wanted = Callable[["Record"], bool]

VERSION: Final = b"WARC/1."
GZIP: Final = b"\x1f\x8b\x08"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
# A zstd file begins with its dictionary, if it has one, in a skippable frame of this mark and a length.
DICTIONARY: Final = b"\x5d\x2a\x4d\x18"
FRAME_HEAD: Final = 8
LARGEST_DICTIONARY: Final = 16 << 20
STEP: Final = 1 << 20  # bytes that are searched at a time
ENOUGH: Final = 144 << 10  # compressed bytes that show how a record begins: more than one block of zstd
# A record that says it is longer than it is has the beginning of the next one in it.
SWALLOWED: Final = re.compile(rb"\nWARC/1\.[01]\r\nWARC-|\nWARC/1\.[01]\r\nContent-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record; ``block`` is what it holds, None where nobody wanted it; ``content_type`` says what that is.

    ``offset`` counts the bytes of the file as it is, compressed or not.
    """

    offset: int
    kind: str
    url: str
    date: str
    length: int
    truncated: str
    content_type: str
    block: bytes | None = None


@dataclass(frozen=True, slots=True)
class Torn:
    """Between ``offset`` and ``until`` (None: the file's end) something cannot be read."""

    offset: int
    until: int | None

    def __str__(self) -> str:
        rest = "the end of the file" if self.until is None else f"offset {self.until}"
        return f"The file is damaged between here and {rest}: what could be read there was."


class _FaultError(OSError):
    """A record is not what it says it is."""


def records(stream: BinaryIO, wanted: Wanted) -> Iterator[Record | Torn]:
    """Every record that can be found, those that are ``wanted`` with what they hold, and what is damaged.

    No more than one block is in memory: who wants one looks at its length first. Nothing is checked of a record
    that nobody wants, but that the file goes on to its end.
    """
    mark, dictionary = _manner(stream)
    start: int | None = 0
    torn: int | None = None
    while start is not None:
        last = start
        try:
            for offset, found in _from(stream, start, dictionary):
                last = offset
                record = _read(found, offset, wanted)
                if torn is not None:
                    yield Torn(torn, start)
                    torn = None
                yield record
            start = None
        except OSError:
            torn = last if torn is None else torn
            start = _next(stream, last + len(mark), mark, dictionary)
    if torn is not None:
        yield Torn(torn, None)


def _from(stream: BinaryIO, start: int, dictionary: bytes | None) -> Iterator[tuple[int, WarcRecord]]:
    """FastWARC's records from here on, with where they begin: exactly so as long as the file goes on undamaged."""
    stream.seek(start)
    source = ZstdReader(stream, dictionary=dictionary) if dictionary is not None and start else stream
    for number, found in enumerate(ArchiveIterator(source, parse_http=False)):
        # Under a dictionary that was handed over, FastWARC tells where the first record ends, and may be one byte off.
        yield (found.stream_pos if number or source is stream else start), found


def _read(found: WarcRecord, offset: int, wanted: Wanted) -> Record:
    said = found.headers
    record = Record(
        offset=offset,
        kind=(said.get("WARC-Type") or "").lower(),
        url=(said.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">"),
        date=said.get("WARC-Date") or "",
        length=found.content_length,
        truncated=said.get("WARC-Truncated") or "",
        content_type=said.get("Content-Type") or "",
    )
    block = found.reader.read(record.length) if wanted(record) else None
    found.consume()
    if found.reader.tell() < record.length:
        raise _FaultError
    if block is None:
        return record
    digest = said.get("WARC-Block-Digest")
    if not agrees(digest, block) or (digest is None and SWALLOWED.search(block)):
        raise _FaultError
    return Record(**{name: getattr(record, name) for name in NAMES}, block=block)


NAMES: Final = ("offset", "kind", "url", "date", "length", "truncated", "content_type")


def _manner(stream: BinaryIO) -> tuple[bytes, bytes | None]:
    """The bytes that a record of this file begins with, and the file's own dictionary."""
    stream.seek(0)
    head = stream.read(FRAME_HEAD)
    if head.startswith(DICTIONARY):
        size = min(int.from_bytes(head[len(DICTIONARY) :], "little"), LARGEST_DICTIONARY)
        return ZSTD, _unpacked(stream.read(size))
    name = str(getattr(stream, "name", ""))
    by_name = {".gz": GZIP, ".zst": ZSTD}.get(name[name.rfind(".") :], VERSION)
    return next((mark for mark in (GZIP, ZSTD, VERSION) if head.startswith(mark)), by_name), None


def _unpacked(dictionary: bytes) -> bytes | None:
    if not dictionary.startswith(ZSTD):
        return dictionary
    try:
        return zstandard.ZstdDecompressor().stream_reader(dictionary).read(LARGEST_DICTIONARY)
    except zstandard.ZstdError:
        return None


def _next(stream: BinaryIO, start: int, mark: bytes, dictionary: bytes | None) -> int | None:
    """Where the next record begins, at ``start`` or behind it; None where none does."""
    while True:
        stream.seek(start)
        piece = stream.read(STEP + len(mark) - 1)
        found = piece.find(mark)
        while found >= 0:
            if _begins(stream, start + found, mark, dictionary):
                return start + found
            found = piece.find(mark, found + 1)
        if len(piece) < STEP:
            return None
        start += STEP


def _begins(stream: BinaryIO, offset: int, mark: bytes, dictionary: bytes | None) -> bool:
    """Whether a record begins here: the mark may stand in any bytes."""
    stream.seek(offset)
    head = stream.read(ENOUGH if mark == ZSTD else STEP // 256)
    try:
        if mark == GZIP:
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, len(VERSION))
        elif mark == ZSTD:
            known = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
            head = zstandard.ZstdDecompressor(dict_data=known).stream_reader(head).read(len(VERSION))
    except (zlib.error, zstandard.ZstdError):
        return False
    return head.startswith(VERSION)
