"""Real crawls of sites that mean harm: each ends in bounded time and memory, holds the rest and says what happened."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from crawls import AZAR, command
from hostile_more import (
    BROKEN_OFF,
    NO_HTTP,
    NOT_A_LENGTH,
    RESET,
    TOO_LONG,
    TWO_LENGTHS,
    Dripper,
    Wire,
    bombs,
    entitled,
    foreign,
    heavy,
    listed_as,
    on_the_wire,
    poisoned,
)
from hostile_site import plain

from bayegan import open_archive
from bayegan.example import Example, default_site, serve

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile

# A process begins with the most memory that the one it was forked from ever had: this one is small.
WEIGHED = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print("kilobytes:", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
GONE = "1001747"  # of the default site's forty stories this one is listed but deleted
MEGABYTES = 250  # a crawl has about 110, and an answer may have 32, packed and unpacked and read


@dataclass(frozen=True)
class Ended:
    code: int
    said: str
    megabytes: int
    seconds: float


def crawl(home: str, folder: Path, *options: str) -> Ended:
    """A crawl in a process of its own, without a traceback, and with the most memory that it ever had."""
    began = time.monotonic()
    hasty = ("--set", "RETRY_TIMES=1", "--set", "DOWNLOAD_TIMEOUT=2", *options)
    done = subprocess.run(
        [sys.executable, "-c", WEIGHED, *command(home, folder / "x.db", *hasty)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said, _, kilobytes = done.stderr.rpartition("kilobytes: ")
    assert "Traceback" not in said, said
    return Ended(done.returncode, said, int(kilobytes) // 1024, time.monotonic() - began)


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "x.db")) as conn:
        return conn.execute(sql).fetchall()


def not_held(folder: Path) -> dict[str, tuple[str, str]]:
    found = rows(folder, "select news_code, state, error from ledger where state <> 'held'")
    return {str(code): (str(state), str(error)) for code, state, error in found if code != GONE}


def test_bombs_drips_and_circles_cost_their_own_articles_alone(tmp_path: Path) -> None:
    with serve(Dripper(default_site(), bombs())) as site:
        done = crawl(site.url, tmp_path, *AZAR)
        assert len(site.requests) < 90
    missed = not_held(tmp_path)
    size = r"^The page could not be had: It unpacks to more than is taken\.$"
    expected = {
        "1001701": ("refused", size),  # gzip
        "1001703": ("refused", size),  # brotli
        "1001705": ("refused", "holds no article"),  # gzip within gzip: only the outer one is a coding
        "1001707": ("failed", "Not a gzipped file"),
        "1001709": ("failed", r"Getting it took longer than 2\.0 seconds"),
        "1001711": ("refused", "Its address leads to article 1001713"),
        "1001715": ("refused", "max redirections reached"),
    }
    assert {code: state for code, (state, _) in missed.items()} == {
        code: state for code, (state, _) in expected.items()
    }
    for code, (_, words) in expected.items():
        assert re.search(words, missed[code][1]), (code, missed[code])
    assert rows(tmp_path, "select count(*) from articles") == [(32,)]
    assert done.code == 4
    assert done.megabytes < MEGABYTES
    assert done.seconds < 30


def test_answers_that_break_off_and_headers_that_inject_end_in_the_ledger(tmp_path: Path) -> None:
    injecting = b'ETag: "a\rX-Injected: 1"\r\nLast-Modified: x\n X-Injected: 1\r\n'
    leading = b"HTTP/1.1 302 F\r\nLocation: /news/1001739/x%0d%0aX-Injected:%201\r\nContent-Length: 0\r\n\r\n"
    raw = {
        "1001701": TOO_LONG,
        "1001703": BROKEN_OFF,
        "1001705": RESET,
        "1001707": TWO_LENGTHS,
        "1001711": NOT_A_LENGTH,
        "1001713": NO_HTTP,
        "1001737": leading,
    }
    wire = Wire(Example(default_site()), raw, injecting)
    with on_the_wire(wire) as home:
        done = crawl(home, tmp_path, *AZAR)
        crawl(home, tmp_path, "--limit", "1", "--set", "RETRY_TIMES=0")
    missed = not_held(tmp_path)
    assert {code: state for code, (state, _) in missed.items()} == {
        **dict.fromkeys(raw.keys() - {"1001737"}, "failed"),
        "1001737": "gone",
    }
    words = {
        "1001701": "The page could not be had: The answer broke off before its end.",
        "1001703": "The page could not be had: The answer broke off before its end.",
        "1001737": "The page could not be had: HTTP 404.",
    }
    assert {code: missed[code][1] for code in words} == words
    assert "conflicting Content-Length" in missed["1001707"][1]
    assert not [reason for _, reason in missed.values() if "twisted" in reason or "http://" in reason]
    assert rows(tmp_path, "select count(*) from articles") == [(32,)]
    assert done.code == 4
    assert any("if-none-match" in headers for headers in wire.heard)
    assert not [headers for headers in wire.heard if "x-injected" in headers]


def test_a_feed_and_a_sitemap_with_entities_are_refused_by_name_and_neither_grown_nor_fetched(
    hostile: Hostile, tmp_path: Path
) -> None:
    site = hostile(twist=poisoned({"/rss": "<item>", "/sitemap/news/sitemap.xml": "<url>"}))
    done = crawl(site.url, tmp_path)
    assert (done.code, not_held(tmp_path)) == (4, {})
    for path in ("/rss", "/sitemap/news/sitemap.xml"):
        assert f"{path} was refused: it declares XML entities, which no listing needs.\n" in done.said
    assert not [path for path in site.requests if "/66" in path]
    assert rows(tmp_path, "select count(*) > 15 from articles") == [(1,)]
    assert done.megabytes < MEGABYTES


def test_a_hundred_thousand_foreign_sitemaps_are_read_past(hostile: Hostile, tmp_path: Path) -> None:
    site = hostile(twist=foreign(100_000))
    done = crawl(site.url, tmp_path, "--from", "2020-12-17", "--to", "2020-12-20")
    assert (done.code, not_held(tmp_path)) == (0, {})
    assert rows(tmp_path, "select count(*) from articles") == [(6,)]
    assert len(site.requests) < 20
    assert done.megabytes < MEGABYTES
    assert done.seconds < 30


@pytest.mark.parametrize(
    ("coded", "why"),
    [
        (True, "could not be had: It unpacks to more than is taken.\n"),
        (False, "was refused: it unpacks to more than 32 MB, more than a listing may weigh.\n"),
    ],
    ids=["as a coding", "as a file"],
)
def test_a_sitemap_of_a_million_foreign_addresses_is_told_and_not_unpacked(
    hostile: Hostile, tmp_path: Path, *, coded: bool, why: str
) -> None:
    """Five megabytes on the wire, as a coding of HTTP and as a file; the archive and the feed name the articles."""
    site = hostile(twist=heavy(1_000_000, coded=coded))
    done = crawl(site.url, tmp_path)
    assert f"/sitemap/news/sitemap.xml {why}" in done.said
    assert (done.code, not_held(tmp_path)) == (4, {})
    assert rows(tmp_path, "select count(*) > 15 from articles") == [(1,)]
    assert done.megabytes < MEGABYTES


def test_an_address_that_climbs_breaks_lines_or_is_broken_names_an_article_or_nothing(
    hostile: Hostile, tmp_path: Path
) -> None:
    hrefs = {
        "1001779": "/news/1001779/../../../etc/passwd",
        "1001777": "/news/1001777/%2e%2e%2f%2e%2e%2fetc",
        "1001775": "/video/1001775/..%5c..%5cx",
        "1001773": "/news/1001773/a&#13;&#10;X-Injected: 1",
        "1001771": "/photo/1001771/a%0d%0aX-Injected:%201",
        "1001769": "http://[::1/news/1001769/a",
        "1001767": "/news/1001767/\u202ea%00b",
    }
    site = hostile(twist=listed_as(hrefs))
    done = crawl(site.url, tmp_path, *AZAR)
    missed = {"1001771": ("gone", "The page could not be had: HTTP 404.")}
    assert (done.code, not_held(tmp_path)) == (0, missed)
    asked = [path for path in site.requests if "passwd" in path or path.startswith("/etc")]
    assert asked == []
    listed = {str(code) for (code,) in rows(tmp_path, "select news_code from ledger")}
    assert {"1001779", "1001769"} & listed == set()
    assert {"1001777", "1001775", "1001773", "1001771"} <= listed
    addresses = [str(url) for (url,) in rows(tmp_path, "select url from ledger union select url from articles")]
    assert not [url for url in addresses if re.search(r"[\x00-\x20\x7f]|/\.\.(/|$)", url)]


TITLES = {
    "1001779": "<script>alert(1)</script><b>نان</b>",
    "1001777": "'); DROP TABLE articles; --",
    "1001775": '=HYPERLINK("https://evil.example","نان")',
    "1001773": "پیش\u202eفقع\u0007 \u001b[31mنان",
    "1001769": "+1+cmd|' /C calc'!A0",
}


@pytest.fixture
def titled(hostile: Hostile, tmp_path: Path) -> Path:
    site = hostile(site=entitled(default_site(), TITLES), twist=plain)
    done = crawl(site.url, tmp_path, "--from", "2020-12-16", "--to", "2020-12-20")
    assert (done.code, not_held(tmp_path)) == (0, {})
    return tmp_path


def bayegan(folder: Path, *words: str) -> str:
    asked = [sys.executable, "-m", "bayegan", *words, "--archive", str(folder / "x.db")]
    done = subprocess.run(asked, capture_output=True, check=True, timeout=60)
    return done.stdout.decode()


def test_titles_of_markup_sql_formulas_and_controls_are_text_everywhere(titled: Path) -> None:
    expected = TITLES | {"1001773": "پیش\u202eفقع [31mنان"}  # a control character is no text
    with open_archive(titled / "x.db") as archive:
        held = {code: archive.article("shabestan", code) for code in TITLES}
    assert {code: article and article.title for code, article in held.items()} == expected
    shown = bayegan(titled, "show", "shabestan/1001773")
    assert re.findall("\\x1b\\[31m|\\x07", shown) == []
    bayegan(titled, "export", str(titled / "x.csv"))
    with (titled / "x.csv").open(encoding="utf-8-sig", newline="") as file:
        exported = {row["news_code"]: row["title"] for row in csv.DictReader(file)}
    assert {code: exported[code] for code in TITLES} == expected
    hits = [json.loads(line) for line in bayegan(titled, "search", "HYPERLINK", "--json").splitlines()]
    assert [(hit["news_code"], hit["title"]) for hit in hits] == [("1001775", TITLES["1001775"])]
    assert rows(titled, "pragma integrity_check") == [("ok",)]


def test_days_that_are_far_in_the_future_do_not_lead_a_window_astray(hostile: Hostile, tmp_path: Path) -> None:
    there = default_site()
    late = {"1001777", "1001779"}
    stories = tuple(
        replace(s, published=s.published + timedelta(days=365 * 800)) if s.code in late else s for s in there.stories
    )
    site = hostile(site=replace(there, stories=stories), twist=plain)
    done = crawl(site.url, tmp_path, *AZAR)
    assert done.code == 0
    assert rows(tmp_path, "select count(*) from articles where news_code < '1001777'") == [(37,)]
    assert len(site.requests) < 100
    assert rows(tmp_path, "select news_code from ledger where news_code >= '1001777'") == []  # of no day in the window
