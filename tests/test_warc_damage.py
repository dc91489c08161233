"""WARC files that were cut, torn or changed: what is damaged is named, and the rest is read."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
from typing import TYPE_CHECKING

import pytest
import zstandard
from archives import Clock
from imports import counts
from warcs import FOUR, ONE, PACK, STORIES, THREE, TWO, address, answered, by_warcio, capture, codes, file, record, told

from bayegan.importing import ImportFileError, import_file
from bayegan.warc.records import Torn, records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bayegan.archive.writer import Writer


def damaged(packed: list[bytes], fault: str, suffix: str) -> bytes:
    """Four records of which the second or the last is damaged in one way."""
    one, two, three, four = packed
    half = len(two) // 2
    flipped = two[:half] + bytes(byte ^ 0x5A for byte in two[half : half + 40]) + two[half + 40 :]
    longer, shorter = (PACK[suffix](capture(TWO, longer=by)) for by in (700, -700))
    return {
        "cut": one + two + three + four[: len(four) // 2],
        "torn": one + two[:half] + three + four,
        "junk": one + b"no record at all \x1f\x8b\x08 \x28\xb5\x2f\xfd\r\n" * 9 + two + three + four,
        "flipped": one + flipped + three + four,
        "longer": one + longer + three + four,
        "shorter": one + shorter + three + four,
        "headless": two[half:] + one + three + four,
    }[fault]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize(
    ("fault", "lost"),
    [
        ("cut", {FOUR.code}),
        ("torn", {TWO.code}),
        ("junk", set()),
        ("flipped", {TWO.code}),
        ("longer", {TWO.code}),
        ("shorter", set()),
        ("headless", {TWO.code}),
    ],
)
def test_of_a_damaged_file_everything_else_is_read_and_the_damage_is_named(
    fault: str, lost: set[str], suffix: str, writer: Writer, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    packed = [PACK[suffix](by_warcio(story)) for story in (ONE, TWO, THREE, FOUR)]
    path.write_bytes(damaged(packed, fault, suffix))
    done = import_file(writer, path, clock=Clock())
    assert codes(writer) == {ONE.code, TWO.code, THREE.code, FOUR.code} - lost
    assert done.damaged_count == 1
    [(where, why)] = done.damaged
    assert int(where.removeprefix("offset ")) <= len(packed[0]) + len(packed[1]) + len(packed[2])
    assert "damaged" in why
    assert counts(import_file(writer, path, clock=Clock()))["unchanged"] == 4 - len(lost)


@pytest.mark.parametrize("packed", [bytes, zstandard.compress])
def test_a_file_with_its_dictionary_is_read_on_behind_every_tear(packed: Callable[[bytes], bytes]) -> None:
    plain = [by_warcio(story) for story in STORIES[:12]]
    dictionary = zstandard.train_dictionary(8192, [*plain] * 20)
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    frame = packed(dictionary.as_bytes())
    parts = [b"\x5d\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame, *map(compressor.compress, plain)]
    for torn in (3, 7, 10):
        parts[torn] = parts[torn][: len(parts[torn]) // 2]
    found = list(records(io.BytesIO(b"".join(parts)), lambda _: True))
    read = [one.url for one in found if not isinstance(one, Torn)]
    assert read == [address(story) for place, story in enumerate(STORIES[:12], start=1) if place not in {3, 7, 10}]
    until = [one.until for one in found if isinstance(one, Torn)]
    assert until == [sum(map(len, parts[:whole])) for whole in (4, 8, 11)]


@pytest.mark.parametrize(
    "content", [b"", b"no WARC at all", gzip.compress(b"neither", mtime=0), b"\x1f\x8b\x08", b"\x00" * 5000]
)
@pytest.mark.parametrize("suffix", PACK)
def test_what_is_no_warc_file_is_told_in_one_sentence(
    content: bytes, suffix: str, writer: Writer, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    with pytest.raises(ImportFileError, match="is it a WARC file"):
        import_file(writer, path, clock=Clock())


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("seed", range(6))
def test_bytes_that_were_changed_anywhere_cost_no_more_than_their_records(seed: int, suffix: str) -> None:
    chance = random.Random(seed)
    whole = bytearray(b"".join(PACK[suffix](by_warcio(story)) for story in STORIES[:12]))
    for _ in range(3):
        at = chance.randrange(len(whole))
        whole[at] ^= 1 << chance.randrange(8)
    stream = io.BytesIO(bytes(whole))
    stream.name = f"a{suffix}"
    found = list(records(stream, lambda _: True))
    read = [one for one in found if not isinstance(one, Torn)]
    assert len(read) >= 9
    assert len({one.url for one in read}) == len(read)


def bomb(size: int) -> bytes:
    return record(address(ONE), answered(b"\x00" * size))


@pytest.mark.parametrize("suffix", PACK)
def test_a_record_of_a_hundred_megabytes_is_refused_and_takes_little_memory(
    suffix: str, writer: Writer, tmp_path: Path
) -> None:
    path = file(tmp_path / f"a{suffix}", bomb(100 << 20), capture(TWO))
    tracemalloc.start()
    try:
        done = import_file(writer, path, clock=Clock())
        assert tracemalloc.get_traced_memory()[1] < 50 << 20
    finally:
        tracemalloc.stop()
    assert told(done) == {"read": 2, "new": 1, "refused_count": 1}
    assert done.refused[0][1] == f"{address(ONE)}: The capture is larger than 32 MB, no page is."


def test_a_length_that_no_file_has_is_damage(writer: Writer, tmp_path: Path) -> None:
    path = file(tmp_path / "a.warc", capture(TWO), capture(ONE, longer=10**15))
    done = import_file(writer, path, clock=Clock())
    assert (told(done)["new"], codes(writer)) == (1, {TWO.code})
    assert [where for where, _ in done.damaged] == [f"offset {len(capture(TWO))}"]
