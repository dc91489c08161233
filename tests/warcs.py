"""Small WARC files: records written by hand, and as warcio writes them; what an import of one found."""

from __future__ import annotations

import gzip
import io
import warnings
from typing import TYPE_CHECKING, Any

import zstandard
from example_pages import SITE, ask
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bayegan.archive.writer import Writer
    from bayegan.example import Story
    from bayegan.importing import ImportSummary

STORIES = [story for story in SITE.stories if story.manner == "plain"]
ONE, TWO, THREE, FOUR = STORIES[:4]
HOME = "https://shabestan.news"
AT = "2020-12-10T08:30:00Z"
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".warc": bytes,
    ".warc.gz": gzip.compress,
    ".warc.zst": zstandard.ZstdCompressor().compress,
}
FOUND = ("read", "new", "revised", "unchanged", "refused_count", "left_out", "revisits", "damaged_count")


def page(story: Story) -> bytes:
    return ask(story.path).body


def address(story: Story) -> str:
    return HOME + story.path


def answered(body: bytes, *headers: tuple[str, str], status: str = "200 OK") -> bytes:
    """An HTTP answer; its content type is HTML unless the headers say another."""
    said = dict((("Content-Type", "text/html; charset=utf-8"), *headers))
    return f"HTTP/1.1 {status}\r\n".encode() + _lines(said) + b"\r\n" + body


def record(url: str, block: bytes, *, kind: str = "response", at: str = AT, longer: int = 0, **more: str) -> bytes:
    """A record by hand, without a digest; ``longer`` is by how much it overstates its length."""
    said = {"WARC-Type": kind, "WARC-Target-URI": url, "WARC-Date": at, "WARC-Record-ID": "<urn:x:1>"} | more
    said["Content-Length"] = str(len(block) + longer)
    return (
        b"WARC/1.0\r\n"
        + _lines({name.replace("_", "-"): value for name, value in said.items()})
        + (b"\r\n" + block + b"\r\n\r\n")
    )


def capture(story: Story, *headers: tuple[str, str], body: bytes | None = None, **more: Any) -> bytes:
    return record(address(story), answered(page(story) if body is None else body, *headers), **more)


def by_warcio(story: Story, at: str = AT) -> bytes:
    """The same as warcio writes it, with its digests."""
    into = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # warcio leaves a temporary file open
        _write(WARCWriter(into, gzip=False), story, at)
    return into.getvalue()


def _write(writer: WARCWriter, story: Story, at: str) -> None:
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    said = {"WARC-Date": at}
    payload = io.BytesIO(page(story))
    one = writer.create_warc_record(
        address(story), "response", payload=payload, http_headers=head, warc_headers_dict=said
    )
    writer.write_record(one)


def file(path: Path, *records: bytes) -> Path:
    """A WARC file, each record packed by itself as the name says."""
    suffix = next(suffix for suffix in (".warc.gz", ".warc.zst", ".warc") if path.name.endswith(suffix))
    path.write_bytes(b"".join(map(PACK[suffix], records)))
    return path


def told(done: ImportSummary) -> dict[str, int]:
    """What was counted, without what is none."""
    return {name: count for name in FOUND if (count := getattr(done, name))}


def codes(writer: Writer) -> set[str]:
    """The codes of the articles that are held."""
    return {code for (code,) in writer.conn.execute("SELECT news_code FROM articles")}


def _lines(fields: dict[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
