"""WARC files of ours: the field's own readers take every record of them, and what went out comes in again."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from archives import NOON, Clock, fetched, fill, story, take
from fastwarc.warc import ArchiveIterator as FastWarc
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator as Warcio
from warcs import STORIES, capture, file, page

from bayegan import open_archive
from bayegan.archive.intake import Intake
from bayegan.archive.writer import Writer
from bayegan.cli import app
from bayegan.exporting import ExportError, export, export_pages
from bayegan.importing import import_file
from bayegan.search import Filter
from bayegan.warc.writing import PagesWritten
from crawler.errors import UsageError
from crawler.items import Page

if TYPE_CHECKING:
    from pathlib import Path

PAGE = Page(url="", fetched_at=NOON, body=b"<html>x</html>")
HEAD = {
    "url": "https://shabestan.news/news/101/شیراز-%3F",
    "content_type": "text/html; charset=utf-8",
    "etag": '"1"\r\nX-Injected: yes',
    "last_modified": "Mon, 07 Dec 2020 08:30:00 GMT",
}


def one_page(path: Path, **fields: Any) -> Path:
    """An archive of one article whose page has these fields."""
    with Writer(path) as writer:
        intake = Intake(writer, clock=Clock())
        item = fetched(story("101"))
        take(intake, replace(item, page=replace(PAGE, **fields)))
        intake.flush()
    return path


def pages_out(archive: Path, to: Path, filters: Filter | None = None) -> PagesWritten:
    with open_archive(archive) as opened:
        return export_pages(opened, to, filters or Filter(), at=NOON)


def articles_of(archive: Path, to: Path) -> bytes:
    with open_archive(archive) as opened:
        export(opened, to, Filter())
    return to.read_bytes()


def test_a_page_is_a_standard_response_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    assert pages_out(one_page(tmp_path / "x.db", **HEAD), path) == PagesWritten(articles=1, pages=1, without=0)
    info, response = gzip.decompress(path.read_bytes()).split(b"WARC/1.1\r\n")[1:]
    assert b"WARC-Type: warcinfo\r\n" in info
    head, _, http = response.partition(b"\r\n\r\n")
    said = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    assert said.pop("WARC-Record-ID").startswith("<urn:uuid:")
    assert said.pop("WARC-Warcinfo-ID") in info.decode()
    assert said == {
        "WARC-Type": "response",
        "WARC-Date": "2020-12-07T08:30:00Z",
        "WARC-Target-URI": "https://shabestan.news/news/101/%D8%B4%DB%8C%D8%B1%D8%A7%D8%B2-%3F",
        "WARC-Payload-Digest": "sha1:W7ASTL2FKP7FEP5NAN2KPTFAPUQ2REVO",
        "Content-Type": "application/http; msgtype=response",
        "WARC-Block-Digest": said["WARC-Block-Digest"],
        "Content-Length": "166",
    }
    assert http == (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
        b'ETag: "1" X-Injected: yes\r\nLast-Modified: Mon, 07 Dec 2020 08:30:00 GMT\r\n'
        b"Content-Length: 14\r\n\r\n<html>x</html>\r\n\r\n"
    )


def test_the_readers_of_the_field_take_every_record_and_its_digests(tmp_path: Path) -> None:
    path, bodies = tmp_path / "a.warc.gz", [page(one) for one in STORIES[:5]]
    with Writer(tmp_path / "x.db") as writer:
        import_file(writer, file(tmp_path / "in.warc", *map(capture, STORIES[:5])), clock=Clock())
    pages_out(tmp_path / "x.db", path)
    with path.open("rb") as stream:
        read = [
            (one.rec_type, one.content_stream().read(), one.digest_checker.passed)
            for one in Warcio(stream, check_digests="raise")
        ]
    assert [kind for kind, _, _ in read] == ["warcinfo"] + ["response"] * 5
    assert sorted(body for kind, body, _ in read if kind == "response") == sorted(bodies)
    assert all(passed for _, _, passed in read)
    with path.open("rb") as stream:
        blocks = [one.verify_block_digest() for one in FastWarc(stream, parse_http=False)]
    with path.open("rb") as stream:
        payloads = [one.verify_payload_digest() for one in FastWarc(stream) if one.is_http]
    assert (blocks, payloads) == ([True] * 6, [True] * 5)


def test_an_archive_that_went_out_as_warc_and_came_in_again_holds_the_same_articles(tmp_path: Path) -> None:
    old, new = (page(STORIES[0]).replace(b"<p>", f"<p>{word} ".encode(), 1) for word in ("یک", "دو"))
    captures = [
        capture(STORIES[0], body=old, at="2020-12-08T00:00:00Z"),
        capture(STORIES[0], body=new, at="2020-12-09T00:00:00Z"),
        *map(capture, STORIES[1:12]),
    ]
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    with Writer(first) as writer:
        import_file(writer, file(tmp_path / "in.warc", *captures), clock=Clock())
    assert pages_out(first, tmp_path / "a.warc.gz") == PagesWritten(articles=12, pages=13, without=0)
    with Writer(second) as writer:
        done = import_file(writer, tmp_path / "a.warc.gz", clock=Clock())
    assert (done.new, done.revised, done.left_out, done.refused) == (12, 1, 1, ())
    assert articles_of(second, tmp_path / "b.jsonl") == articles_of(first, tmp_path / "a.jsonl")
    pages_out(second, tmp_path / "b.warc.gz")
    assert (tmp_path / "b.warc.gz").read_bytes() == (tmp_path / "a.warc.gz").read_bytes()


def test_only_the_pages_of_the_articles_asked_for_are_written_and_those_without_are_counted(tmp_path: Path) -> None:
    archive = fill(tmp_path / "x.db", [story("101"), story("102", tags=("دیگر",))])
    with Writer(archive) as writer:
        intake = Intake(writer, clock=Clock())
        take(intake, fetched(story("103", body="متن دیگری است."), at=None))
        intake.flush()
    everything = pages_out(archive, tmp_path / "a.warc.gz")
    assert everything == PagesWritten(articles=3, pages=2, without=1)
    assert pages_out(archive, tmp_path / "b.warc.gz", Filter(tag="دیگر")) == PagesWritten(articles=1, pages=1)


def test_the_command_says_how_much_it_wrote(tmp_path: Path) -> None:
    archive, path = fill(tmp_path / "x.db", [story("101")]), tmp_path / "a.warc.gz"
    answered = CliRunner().invoke(app, ["export", str(path), "--archive", str(archive)])
    assert (answered.exit_code, answered.stdout) == (0, "")
    assert answered.stderr == f"1 pages of 1 articles written to {path}.\n"


def test_a_page_that_cannot_be_read_leaves_the_older_file_as_it_was(tmp_path: Path) -> None:
    archive, path = fill(tmp_path / "x.db", [story("101")]), tmp_path / "a.warc.gz"
    path.write_bytes(b"older")
    with Writer(archive) as writer:
        writer.conn.execute("UPDATE pages SET body = x'00'")
    answered = CliRunner().invoke(app, ["export", str(path), "--archive", str(archive)])
    assert (answered.exit_code, answered.stderr.count("\n")) == (1, 1)
    assert path.read_bytes() == b"older"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_the_archive_itself_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    archive = fill(tmp_path / "x.warc.gz", [story("101")])
    with pytest.raises(UsageError, match="is the archive itself"):
        pages_out(archive, archive)
    with pytest.raises(ExportError, match="its folder does not exist"):
        pages_out(archive, tmp_path / "none" / "a.warc.gz")
