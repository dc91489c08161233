"""Pages as they are kept: packed, and given back to the byte."""

from __future__ import annotations

import pytest

from bayegan.archive.pages.packing import pack, unpack
from crawler.errors import ArchiveError


@pytest.mark.parametrize("dictionary", [None, b"<html><body>the same header on every page</body></html>" * 4])
@pytest.mark.parametrize("body", [b"", b"x", "صفحه".encode() * 1000])
def test_a_page_comes_back_as_it_went_in(body: bytes, dictionary: bytes | None) -> None:
    assert unpack(pack(body, dictionary), dictionary) == body


def test_a_damaged_page_is_told() -> None:
    packed = bytearray(pack(b"a page of some length" * 10))
    packed[-1] ^= 0xFF
    with pytest.raises(ArchiveError, match="A kept page is damaged"):
        unpack(bytes(packed))
