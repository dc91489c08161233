"""What a site answered, out of the bytes of a capture: status, headers, and the body without its codings."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import brotli
import zstandard

from crawler.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES: Final = 32 << 20  # of a page, as a crawl takes them
STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
CHUNK: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")
LINE_END: Final = re.compile(rb"\r?\n")
ORIGINAL: Final = "x-archive-orig-"  # how the Wayback Machine gives the headers of the site itself
CUT: Final = "The capture ends before the page does: it is not kept half."
TOO_LARGE: Final = f"The capture is larger than {MOST_BYTES >> 20} MB, no page is."


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``headers`` by their names in lower case, the first of a name."""

    status: int
    headers: dict[str, str]
    body: bytes

    def header(self, name: str) -> str | None:
        """What the site itself said, also where an archive hands it on."""
        return self.headers.get(ORIGINAL + name) or self.headers.get(name)


def answer(block: bytes) -> Answer:
    """Read the block of a response; what says it is coded and is not, is left as it is.

    Raises RefusedError for what is no answer, is cut, or grows too large.
    """
    began = STATUS.match(block)
    if began is None:
        raise RefusedError("The capture is no answer of a web site.")
    end = HEAD_END.search(block)
    head, body = (block[: end.start()], block[end.end() :]) if end else (block, b"")
    headers = _headers(head)
    return Answer(status=int(began[1]), headers=headers, body=_decoded(body, headers))


def _headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.splitlines()[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    return headers


def _decoded(body: bytes, headers: dict[str, str]) -> bytes:
    codings = [one.strip() for one in headers.get("content-encoding", "").lower().split(",") if one.strip()]
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    elif not codings and len(body) < _length(headers):
        raise RefusedError(CUT)
    for coding in reversed(codings):
        body = DECODERS.get(coding, _as_it_is)(body)
        if len(body) > MOST_BYTES:
            raise RefusedError(TOO_LARGE)
    return body


def _length(headers: dict[str, str]) -> int:
    written = headers.get("content-length", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 20 else 0  # noqa: PLR2004 -- 64 bits


def _joined(body: bytes) -> bytes:
    """The chunks as one; the body itself where it does not stand in chunks (crawlers take them away)."""
    if CHUNK.match(body) is None:
        return body
    pieces, at = [], 0
    while (found := CHUNK.match(body, at)) and (size := int(found[1], 16)):
        piece = body[found.end() : found.end() + size]
        if len(piece) < size:
            raise RefusedError(CUT)
        pieces.append(piece)
        after = LINE_END.match(body, found.end() + size)
        at = after.end() if after else found.end() + size
    if found is None:
        raise RefusedError(CUT)
    return b"".join(pieces)


def _gunzipped(body: bytes) -> bytes:
    return body if not body.startswith(b"\x1f\x8b") else _inflated(body, zlib.MAX_WBITS | 16)


def _deflated(body: bytes) -> bytes:
    """Some sites leave out the two bytes of zlib's head; what cannot be inflated either way is left as it is."""
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return _inflated(body, bits)
        except RefusedError:
            continue
    return _if_plain(body)


def _inflated(body: bytes, bits: int) -> bytes:
    inflate = zlib.decompressobj(bits)
    try:
        plain = inflate.decompress(body, MOST_BYTES + 1)
    except zlib.error:
        raise RefusedError(CUT) from None
    if not inflate.eof and len(plain) <= MOST_BYTES:
        raise RefusedError(CUT)
    return plain


def _unbrotlied(body: bytes) -> bytes:
    unpack = brotli.Decompressor()
    try:
        plain = unpack.process(body, output_buffer_limit=MOST_BYTES + 1)
    except brotli.error:
        return _if_plain(body)
    return plain if unpack.is_finished() or len(plain) > MOST_BYTES else _if_plain(body)


def _unzstded(body: bytes) -> bytes:
    try:
        return zstandard.ZstdDecompressor().stream_reader(body, read_across_frames=True).read(MOST_BYTES + 1)
    except zstandard.ZstdError:
        return _if_plain(body)


def _if_plain(body: bytes) -> bytes:
    """The body where a crawler has decoded it and left the header; raises RefusedError where it is torn."""
    if body.lstrip()[:1] in {b"<", b"\xef"}:
        return body
    raise RefusedError(CUT)


def _as_it_is(body: bytes) -> bytes:
    return body


DECODERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "gzip": _gunzipped,
    "x-gzip": _gunzipped,
    "deflate": _deflated,
    "br": _unbrotlied,
    "zstd": _unzstded,
}
