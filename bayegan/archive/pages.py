"""Pages as the archive keeps them: zstd blobs, each whole in itself, with a checksum."""

from __future__ import annotations

import zstandard

from crawler.errors import ArchiveError

LEVEL = 3  # measured on real pages of 51 kB: 8.7 kB in .18 ms; level 6 8.0 kB in .60, level 10 7.8 kB in 1.2 ms


def pack(body: bytes, dictionary: bytes | None = None) -> bytes:
    """The bytes of a page, compressed; with ``dictionary``, to be unpacked with the same one only."""
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=_dictionary(dictionary), write_checksum=True).compress(body)


def unpack(packed: bytes, dictionary: bytes | None = None) -> bytes:
    """The bytes as served; raises ArchiveError where the blob is damaged."""
    try:
        return zstandard.ZstdDecompressor(dict_data=_dictionary(dictionary)).decompress(packed)
    except zstandard.ZstdError as error:
        raise ArchiveError(f"A kept page is damaged ({error}): check the archive with `bayegan verify`.") from error


def _dictionary(raw: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return None if raw is None else zstandard.ZstdCompressionDict(raw)
