"""Answers in WARC files: their codings are taken away, and what is cut or a bomb is refused."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from warcs import ONE, answered, page

from bayegan.warc.answers import answer
from crawler.errors import RefusedError


def chunked(body: bytes) -> bytes:
    pieces = [body[at : at + 999] for at in range(0, len(body), 999)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (*pieces, b""))


RAW_DEFLATE = zlib.compressobj(wbits=-15)
BODY = page(ONE)


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, BODY),
        ({"Transfer-Encoding": "chunked"}, chunked(BODY)),
        ({"Transfer-Encoding": "chunked"}, BODY),  # taken away by the crawler, which left the header
        ({"Content-Encoding": "gzip"}, gzip.compress(BODY)),
        ({"Content-Encoding": "gzip"}, BODY),
        ({"Content-Encoding": "x-gzip", "Transfer-Encoding": "chunked"}, chunked(gzip.compress(BODY))),
        ({"Content-Encoding": "deflate"}, zlib.compress(BODY)),
        ({"Content-Encoding": "deflate"}, RAW_DEFLATE.compress(BODY) + RAW_DEFLATE.flush()),
        ({"Content-Encoding": "deflate"}, BODY),
        ({"Content-Encoding": "br"}, brotli.compress(BODY)),
        ({"Content-Encoding": "br"}, BODY),
        ({"Content-Encoding": "zstd"}, zstandard.compress(BODY)),
        ({"Content-Encoding": "zstd"}, BODY),
        ({"Content-Encoding": "gzip, br"}, brotli.compress(gzip.compress(BODY))),
        ({"Content-Encoding": "identity"}, BODY),
    ],
)
def test_codings_are_taken_away(headers: dict[str, str], body: bytes) -> None:
    assert answer(answered(body, *headers.items())).body == BODY


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({"Transfer-Encoding": "chunked"}, chunked(BODY)[:-500]),
        ({"Content-Encoding": "br"}, brotli.compress(BODY)[:-20]),
        ({"Content-Encoding": "br"}, brotli.compress(bytes(100 << 20))),
        ({"Content-Encoding": "zstd"}, zstandard.compress(bytes(100 << 20))),
        ({"Content-Encoding": "gzip"}, gzip.compress(bytes(100 << 20))),
        ({"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(bytes(100 << 20)))),
    ],
)
def test_what_is_cut_or_a_bomb_is_refused_and_takes_little_memory(headers: dict[str, str], body: bytes) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError):
            answer(answered(body, *headers.items()))
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()
