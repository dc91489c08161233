"""Pages as the archive keeps them: zstd blobs, each with a checksum, each to be read with at most one dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import zstandard

from crawler.errors import ArchiveError

if TYPE_CHECKING:
    import sqlite3

# Measured on pages of 53 kB: without a dictionary level 3 makes 10.1 kB in .17 ms, 6 9.3 in .55; with one, which is
# made ready once, 3 makes 6.6 kB in .13 ms, 5 6.2 in .28, 6 6.0 in .38. To unpack takes .06 ms either way.
LEVEL: Final = 3
LEVEL_WITH_DICTIONARY: Final = 6
MOST_BYTES: Final = 256 << 20  # a blob that says that it is larger lies: no page that is kept is

PAGE: Final = "SELECT body, dictionary_id FROM pages WHERE id = ?"
DICTIONARY: Final = "SELECT body FROM dictionaries WHERE id = ?"
DAMAGED: Final = "A kept page is damaged ({error}): check the archive with `bayegan verify`."


def compressor(dictionary: bytes | None = None) -> zstandard.ZstdCompressor:
    """What packs many pages with one dictionary; the dictionary is made ready once."""
    if not dictionary:
        return zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
    ready = _dictionary(dictionary)
    ready.precompute_compress(level=LEVEL_WITH_DICTIONARY)
    return zstandard.ZstdCompressor(level=LEVEL_WITH_DICTIONARY, dict_data=ready, write_checksum=True)


def pack(body: bytes, dictionary: bytes | None = None) -> bytes:
    """The bytes of a page, compressed; with ``dictionary``, to be unpacked with the same one only."""
    return compressor(dictionary).compress(body)


def unpack(packed: bytes, dictionary: bytes | None = None) -> bytes:
    """The bytes as served; raises ArchiveError where the blob is damaged."""
    return _served(packed, _decompressor(dictionary))


class Unpacking:
    """Gives the pages of one archive back as they were served, and reads each dictionary once."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._ready: dict[int | None, zstandard.ZstdDecompressor] = {None: _decompressor(None)}

    def page(self, page_id: int) -> bytes:
        """The bytes of a page; raises ArchiveError where it is damaged, or not there."""
        row = self._conn.execute(PAGE, (page_id,)).fetchone()
        if row is None:
            raise ArchiveError(DAMAGED.format(error=f"page {page_id} is missing"))
        return self.served(*row)

    def served(self, packed: bytes, dictionary_id: int | None) -> bytes:
        """The bytes of a blob that was read already, with the ``dictionary_id`` of its row."""
        ready = self._ready.get(dictionary_id)
        if ready is None:
            row = self._conn.execute(DICTIONARY, (dictionary_id,)).fetchone()
            if row is None:
                raise ArchiveError(DAMAGED.format(error=f"dictionary {dictionary_id} is missing"))
            ready = self._ready[dictionary_id] = _decompressor(row[0])
        return _served(packed, ready)


def _served(packed: bytes, ready: zstandard.ZstdDecompressor) -> bytes:
    try:
        if zstandard.frame_content_size(packed) > MOST_BYTES:
            raise ArchiveError(DAMAGED.format(error="it says that it is larger than any page"))
        return ready.decompress(packed)
    except zstandard.ZstdError as error:
        raise ArchiveError(DAMAGED.format(error=error)) from error


def _decompressor(dictionary: bytes | None) -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(dictionary) if dictionary else None)


def _dictionary(raw: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(raw, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
