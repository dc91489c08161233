"""Real crawls of sites that mean harm: each ends in bounded time and memory, holds the rest and says what happened."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from crawls import AZAR
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
    on_the_wire,
)
from hostile_site import plain
from weighed_crawls import MEGABYTES, crawl, not_held, rows

from bayegan import open_archive
from bayegan.example import Example, default_site, serve

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile


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
