"""WARC files: whose pages are kept, with which time; what is damaged is named, and the rest is read."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import brotli
import pytest
import zstandard
from archives import Clock
from imports import counts
from typer.testing import CliRunner
from warcs import AT, PACK, STORIES, address, answered, by_warcio, capture, file, page, record

from bayegan import open_archive
from bayegan.archive.writer import Writer
from bayegan.cli import app
from bayegan.importing import ImportFileError, import_file
from bayegan.warc.answers import answer
from bayegan.warc.records import Torn, records
from crawler.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bayegan.importing import ImportSummary

ONE, TWO, THREE, FOUR = STORIES[:4]
FOREIGN = record("https://example.org/a", answered(b"<html>x</html>"))
GZIPPED = ("Content-Encoding", "gzip")
FOUND = ("read", "new", "revised", "unchanged", "refused_count", "left_out", "revisits", "damaged_count")


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer(tmp_path / "x.db") as opened:
        yield opened


def told(done: ImportSummary) -> dict[str, int]:
    return {name: count for name in FOUND if (count := getattr(done, name))}


def codes(writer: Writer) -> set[str]:
    return {code for (code,) in writer.conn.execute("SELECT news_code FROM articles")}


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


@pytest.mark.parametrize(
    ("url", "headers"),
    [
        ("https://web.archive.org/web/20201207083000/{}", {}),
        ("http://web.archive.org:80/web/20201207083000id_/{}", {}),
        ("https://web.archive.org/web/2020/{}", {"Memento-Datetime": "Mon, 07 Dec 2020 08:30:00 GMT"}),
    ],
)
def test_a_capture_of_the_wayback_machine_is_the_site_s_page_at_its_time(
    url: str, headers: dict[str, str], writer: Writer, tmp_path: Path
) -> None:
    handed = {"x-archive-orig-etag": '"7"', "x-archive-orig-last-modified": "then", "ETag": '"theirs"'} | headers
    one = record(url.format(address(ONE).replace("https", "http")), answered(page(ONE), *handed.items()))
    assert told(import_file(writer, file(tmp_path / "a.warc.gz", one), clock=Clock())) == {"read": 1, "new": 1}
    [kept] = writer.conn.execute("SELECT url, fetched_at, etag, last_modified FROM pages").fetchall()
    assert kept == (kept[0], "2020-12-07T08:30:00Z", '"7"', "then")
    assert kept[0].startswith(f"https://shabestan.news/news/{ONE.code}")


def test_what_the_wayback_machine_puts_into_a_page_is_taken_out(writer: Writer, tmp_path: Path) -> None:
    put_in = (
        b'<head><script type="text/javascript" src="https://web-static.archive.org/_static/js/b.js"></script>\n'
        b"<!-- End Wayback Rewrite JS Include -->\n"
    )
    toolbar = b"<!-- BEGIN WAYBACK TOOLBAR INSERT --><h1>x</h1><!-- END WAYBACK TOOLBAR INSERT -->"
    theirs = page(ONE).replace(b"<head>", put_in).replace(b"</body>", toolbar + b"</body>")
    theirs = theirs.replace(b'="http://', b'="https://web.archive.org/web/20201207083000/http://')
    assert theirs.count(b"web.archive.org") > 0
    one = record(f"https://web.archive.org/web/20201207083000/{address(ONE)}", answered(theirs))
    import_file(writer, file(tmp_path / "a.warc.gz", one), clock=Clock())
    with open_archive(writer.path) as archive:
        assert archive.page_bytes("shabestan", ONE.code) == page(ONE)


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
