"""How the bytes of a file are packed, beside the reading; the same bytes are packed to the same."""

from __future__ import annotations

import gzip
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final

from bayegan.export.behind import behind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Out = Callable[[bytes], object]

GZIP_LEVEL: Final = 6
ZSTD_LEVEL: Final = 3


@contextmanager
def plain(stream: BinaryIO) -> Iterator[Out]:
    yield stream.write


@contextmanager
def gz(stream: BinaryIO) -> Iterator[Out]:
    with (
        gzip.GzipFile(filename="", mode="wb", compresslevel=GZIP_LEVEL, fileobj=stream, mtime=0) as packed,
        behind(packed.write) as out,
    ):
        yield out


@contextmanager
def zst(stream: BinaryIO) -> Iterator[Out]:
    import zstandard  # noqa: PLC0415 -- only for who asks for it

    compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL, write_checksum=True)
    with compressor.stream_writer(stream, closefd=False) as packed, behind(packed.write) as out:
        yield out
