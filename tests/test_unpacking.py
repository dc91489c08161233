"""Import of packed JSON lines: whatever the packer did, and what was cut off or damaged is told from what has ended."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
import zstandard
from imports import WHOLE

from bayegan.archive.writer import Writer
from bayegan.importing import ImportFileError, import_file

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 600  # of which some are read before the end is seen
LINES = [
    json.dumps(
        WHOLE | {"news_code": str(n), "url": f"https://shabestan.news/news/{n}", "title": f"عنوان {n * n}"}
    ).encode()
    + b"\n"
    for n in range(1000, 1000 + COUNT)
]
TEXT = b"".join(LINES)


def zst(text: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_checksum=True).compress(text)


def streamed(text: bytes) -> bytes:
    """A frame that does not say its size, in blocks."""
    packer = zstandard.ZstdCompressor().compressobj()
    return (
        packer.compress(text[:5000])
        + packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        + packer.compress(text[5000:])
        + packer.flush()
    )


def imported(path: Path, folder: Path) -> int:
    with Writer(folder / "y.db") as writer:
        return import_file(writer, path).new


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("in.jsonl.gz", gzip.compress(TEXT)),
        ("IN.JSONL.GZ", gzip.compress(TEXT)),
        ("in.jsonl.gz", gzip.compress(TEXT[:5000]) + gzip.compress(TEXT[5000:])),
        ("in.jsonl.zst", zst(TEXT)),
        ("in.jsonl.zst", streamed(TEXT)),
        ("in.jsonl.zst", zst(TEXT[:5000]) + zst(TEXT[5000:])),
        ("in.jsonl.zst", zst(b"") + zst(TEXT)),
    ],
    ids=["gzip", "in capitals", "two members", "zstd", "zstd in blocks", "two frames", "an empty frame"],
)
def test_packed_lines_are_read_however_they_were_packed(name: str, packed: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(packed)
    assert imported(tmp_path / name, tmp_path) == COUNT


def flipped(packed: bytes) -> bytes:
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 0xFF]) + packed[middle + 1 :]


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("in.jsonl.gz", gzip.compress(TEXT)[:-100]),
        ("in.jsonl.gz", gzip.compress(TEXT)[:-4]),
        ("in.jsonl.gz", flipped(gzip.compress(TEXT))),
        ("in.jsonl.gz", b"<html>404</html>"),
        ("in.jsonl.zst", zst(TEXT)[:-100]),
        ("in.jsonl.zst", zst(TEXT)[:-1]),
        ("in.jsonl.zst", streamed(TEXT)[:-100]),
        ("in.jsonl.zst", flipped(zst(TEXT))),
        ("in.jsonl.zst", b"<html>404</html>"),
    ],
    ids=[
        *("gzip cut", "gzip without its end", "gzip flipped", "no gzip"),
        *("zstd cut", "zstd without its end", "zstd blocks cut", "zstd flipped", "no zstd"),
    ],
)
def test_what_was_cut_off_or_damaged_is_said_in_a_sentence(name: str, packed: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(packed)
    with pytest.raises(ImportFileError) as caught:
        imported(path, tmp_path)
    assert str(caught.value) == f"{path} is damaged or cut off behind what was read: get it anew, and import it again."


@pytest.mark.parametrize("name", ["in.jsonl.gz", "in.jsonl.zst"])
def test_an_empty_file_holds_nothing(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"")
    assert imported(tmp_path / name, tmp_path) == 0
