"""Packed files read as what is in them; a file that was cut off is told from one that has come to its end."""

from __future__ import annotations

import gzip
import io
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from bayegan.incoming.placing import ImportFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

PIECE: Final = 2_048  # bytes of a .zst file at a time: what they can be at most is 64 MB, whoever packed them
DAMAGED: Final = "{} is damaged or cut off behind what was read: get it anew, and import it again."


@contextmanager
def unpacked(path: Path, stream: BinaryIO) -> Iterator[BinaryIO]:
    """What is in a file, by the suffix of its name: .gz, .zst, or anything as it is.

    Raises ImportFileError, where it is reached, for what cannot be unpacked.
    """
    import zstandard  # noqa: PLC0415 -- a fiftieth of a second that other commands do without

    try:
        if path.name.lower().endswith(".gz"):
            yield cast("BinaryIO", gzip.GzipFile(fileobj=stream))
        elif path.name.lower().endswith(".zst"):
            yield cast("BinaryIO", io.BufferedReader(_Zstd(stream)))
        else:
            yield stream
    except (EOFError, gzip.BadGzipFile, zlib.error, zstandard.ZstdError) as error:
        raise ImportFileError(DAMAGED.format(path)) from error


class _Zstd(io.RawIOBase):
    """The library's own reader takes the end of a cut file for its end."""

    def __init__(self, stream: BinaryIO) -> None:
        import zstandard  # noqa: PLC0415

        self._stream = stream
        self._new_frame = zstandard.ZstdDecompressor().decompressobj
        self._frame = self._new_frame()
        self._begun = False
        self._packed = b""
        self._text = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        place = memoryview(buffer).cast("B")
        while not self._text:
            self._packed = self._packed or self._stream.read(PIECE)
            if not self._packed:
                if self._begun:
                    raise EOFError
                return 0
            self._unpack()
        given = self._text[: len(place)]
        self._text = self._text[len(given) :]
        place[: len(given)] = given
        return len(given)

    def _unpack(self) -> None:
        self._text = self._frame.decompress(self._packed)
        self._packed = b""
        self._begun = True
        if self._frame.eof:  # another one may follow
            self._packed = self._frame.unused_data
            self._frame = self._new_frame()
            self._begun = False
