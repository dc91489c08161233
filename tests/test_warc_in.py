"""WARC files: whose pages are kept, with which time, and what is left out or refused."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from archives import Clock
from typer.testing import CliRunner
from warcs import AT, ONE, PACK, TWO, address, answered, by_warcio, capture, codes, file, page, record, told

from bayegan import open_archive
from bayegan.cli import app
from bayegan.importing import import_file

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.archive.writer import Writer

FOREIGN = record("https://example.org/a", answered(b"<html>x</html>"))
GZIPPED = ("Content-Encoding", "gzip")


def everything(writer: Writer) -> list[str]:
    return [line for line in writer.conn.iterdump() if "articles_fts" not in line]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("write", [capture, by_warcio])
def test_captures_of_a_known_agency_are_articles_with_their_page_and_the_time_of_the_capture(
    suffix: str, write: object, writer: Writer, tmp_path: Path
) -> None:
    assert callable(write)
    path = file(tmp_path / f"a{suffix}", FOREIGN, write(ONE), FOREIGN, write(TWO))
    assert told(import_file(writer, path, clock=Clock())) == {"read": 2, "new": 2, "left_out": 2}
    with open_archive(writer.path) as archive:
        row = archive.article("shabestan", ONE.code)
        assert row is not None
        assert (row.title, row.first_seen, row.last_seen) == (
            ONE.title,
            *[datetime(2020, 12, 10, 8, 30, tzinfo=UTC)] * 2,
        )
        assert archive.page_bytes("shabestan", ONE.code) == page(ONE)
    kept = writer.conn.execute("SELECT url, fetched_at, status, content_type FROM pages WHERE id = 1").fetchone()
    assert kept == (row.url, AT, 200, "text/html; charset=utf-8")


@pytest.mark.parametrize("suffix", PACK)
def test_a_file_imported_twice_is_imported_once(suffix: str, writer: Writer, tmp_path: Path) -> None:
    path = file(tmp_path / f"a{suffix}", capture(ONE), capture(ONE, at="2020-12-09T00:00:00Z"), capture(TWO))
    import_file(writer, path, clock=Clock())
    before = everything(writer)
    assert told(import_file(writer, path, clock=Clock())) == {"read": 3, "unchanged": 3}
    assert everything(writer) == before


@pytest.mark.parametrize("said", ["text/html; charset=utf-8", "application/xhtml+xml", "TEXT/HTML"])
def test_a_resource_is_the_page_alone(said: str, writer: Writer, tmp_path: Path) -> None:
    one = record(address(ONE), page(ONE), kind="resource", Content_Type=said)
    assert told(import_file(writer, file(tmp_path / "a.warc.gz", one), clock=Clock())) == {"read": 1, "new": 1}
    with open_archive(writer.path) as archive:
        assert archive.page_bytes("shabestan", ONE.code) == page(ONE)
    kept = writer.conn.execute("SELECT fetched_at, status, content_type FROM pages").fetchall()
    assert kept == [(AT, 200, said)]


def test_captures_that_hold_no_page_of_their_own_are_named(tmp_path: Path) -> None:
    path = file(tmp_path / "a.warc.gz", capture(ONE), *[record(address(TWO), b"", kind="revisit")] * 2)
    done = CliRunner().invoke(app, ["import", str(path), "--archive", str(tmp_path / "x.db")])
    assert (done.exit_code, done.stdout.partition(": ")[2]) == (
        0,
        "1 read, 1 new, 0 revised, 0 unchanged, 0 duplicate, 0 refused, 2 left out\n",
    )
    assert (
        done.stderr
        == f"{path}: 2 captures say only that a page was as an earlier one has it, and hold none: they are left out.\n"
    )


def test_a_page_that_is_held_is_not_read_again(writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path / "a.warc.gz", capture(ONE), capture(TWO))
    import_file(writer, path, clock=Clock())
    monkeypatch.setattr("bayegan.warc.captures.read_page", None)
    assert told(import_file(writer, path, clock=Clock())) == {"read": 2, "unchanged": 2}


def test_an_older_capture_becomes_an_earlier_revision_and_a_newer_one_the_article(
    writer: Writer, tmp_path: Path
) -> None:
    old, new = (page(ONE).replace(ONE.title.encode(), f"{ONE.title} {word}".encode()) for word in ("یک", "سه"))
    path = file(
        tmp_path / "a.warc.gz",
        capture(ONE, at="2020-12-10T00:00:00Z"),
        capture(ONE, body=old, at="2020-12-09T00:00:00Z"),
        capture(ONE, body=new, at="2020-12-11T00:00:00Z"),
    )
    assert told(import_file(writer, path, clock=Clock())) == {"read": 3, "new": 1, "revised": 2}
    assert told(import_file(writer, path, clock=Clock())) == {"read": 3, "unchanged": 3}
    with open_archive(writer.path) as archive:
        row = archive.article("shabestan", ONE.code)
        assert row is not None
        assert (row.title, row.first_seen.day, row.last_seen.day) == (f"{ONE.title} سه", 9, 11)
        assert [one.title for one in archive.revisions("shabestan", ONE.code)] == [f"{ONE.title} یک", ONE.title]


def test_the_same_text_seen_earlier_says_when_it_was_first_seen(writer: Writer, tmp_path: Path) -> None:
    import_file(writer, file(tmp_path / "a.warc", capture(ONE)), clock=Clock())
    import_file(writer, file(tmp_path / "b.warc", capture(ONE, at="2020-12-08T00:00:00Z")), clock=Clock())
    seen = writer.conn.execute("SELECT first_seen, last_seen FROM articles").fetchall()
    assert seen == [("2020-12-08T00:00:00Z", AT)]


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (capture(ONE, kind="request"), {"left_out": 1}),
        (capture(ONE, kind="revisit"), {"left_out": 1, "revisits": 1}),
        (record("https://example.org/a", b"", kind="revisit"), {"left_out": 1}),
        (record(address(ONE), page(ONE), kind="resource", Content_Type="image/png"), {"left_out": 1}),
        (record(address(ONE), b"<html><body><h1>x</h1></body></html>", kind="resource", Content_Type="text/html"),
            {"read": 1, "refused_count": 1}),
        (record(address(ONE), answered(b"<html>404</html>", status="404 Not Found")), {"left_out": 1}),
        (record(address(ONE), answered(b"", ("Location", "/"), status="301 Moved")), {"left_out": 1}),
        (capture(ONE, ("Content-Type", "image/png")), {"left_out": 1}),
        (record("https://shabestan.news/", answered(b"<html><body><h1>x</h1></body></html>")), {"left_out": 1}),
        (capture(ONE, body=b"<html><body><h1>x</h1></body></html>"), {"read": 1, "refused_count": 1}),
        (capture(ONE, at="yesterday"), {"read": 1, "refused_count": 1}),
        (capture(ONE, WARC_Truncated="length"), {"read": 1, "refused_count": 1}),
        (record(address(ONE), b"\x00" * 500), {"read": 1, "refused_count": 1}),
        (capture(ONE, ("Content-Length", "9999999")), {"read": 1, "refused_count": 1}),
        (capture(ONE, GZIPPED, body=gzip.compress(b"x" * (33 << 20))), {"read": 1, "refused_count": 1}),
        (capture(ONE, GZIPPED, body=gzip.compress(page(ONE))[:-90]), {"read": 1, "refused_count": 1}),
    ],
)  # fmt: skip
def test_what_is_no_whole_page_is_left_out_or_refused_by_name(
    one: bytes, found: dict[str, int], writer: Writer, tmp_path: Path
) -> None:
    done = import_file(writer, file(tmp_path / "a.warc.gz", one, capture(TWO)), clock=Clock())
    assert told(done) == found | {"read": found.get("read", 0) + 1, "new": 1}
    assert all(where == "offset 0" and why.startswith(address(ONE)) for where, why in done.refused)
    assert codes(writer) == {TWO.code}


def test_unknown_sites_are_read_only_where_that_is_asked_for(writer: Writer, tmp_path: Path) -> None:
    html = "<html><head><title>سه کتابخانه</title></head><body><article><h1>سه کتابخانه تازه</h1>" + (
        "<p>شورای شهر در نشست امروز خود درباره بودجه سال آینده کتابخانه‌ها گفت‌وگو کرد و سه کتابخانه ساخته شد.</p>" * 4
    )
    one = record("https://news.nemune.co.ir/news/2020/a-story", answered(html.encode()))
    path = file(tmp_path / "a.warc.gz", one)
    assert told(import_file(writer, path, clock=Clock())) == {"left_out": 1}
    assert told(import_file(writer, path, unknown=True, clock=Clock())) == {"read": 1, "new": 1}
    assert writer.conn.execute("SELECT agency FROM articles").fetchall() == [("nemune.co.ir",)]
    assert writer.conn.execute("SELECT name, family FROM agencies").fetchall() == [("nemune.co.ir", "generic")]


def test_only_the_agency_that_is_named_is_taken(writer: Writer, tmp_path: Path) -> None:
    path = file(tmp_path / "a.warc.gz", capture(ONE))
    assert told(import_file(writer, path, agency="tabnak", clock=Clock())) == {"left_out": 1}
    assert told(import_file(writer, path, agency="shabestan", clock=Clock())) == {"read": 1, "new": 1}
