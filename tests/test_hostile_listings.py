"""Real crawls of sites whose listings mean harm: each ends in bounded time and memory, and holds the rest."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from crawls import AZAR
from hostile_more import foreign, heavy, listed_as, poisoned
from hostile_site import plain
from weighed_crawls import MEGABYTES, crawl, not_held, rows

from bayegan.example import default_site

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile


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
