"""Real crawls of sites that misbehave: each is survived, and the exit code and the ledger say what happened."""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from agreement import rows
from crawls import AZAR, command, crawl

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


# What the ledger says of the articles that are not held, the one that is always gone aside, and of how many.
LEFT: dict[str, tuple[str, str, int]] = {
    "an article that is not there, said with status 200": (
        "gone",
        "The site says that this page does not exist, though it was served as if it did.",
        1,
    ),
    "an article that is empty": ("failed", "The page is empty: nothing was served.", 1),
    "an article whose body never ends": ("failed", "The page could not be had: It is larger than is taken.", 1),
    "articles behind an interstitial": (
        "blocked",
        "A block page of ArvanCloud stands in front of the page: try again later, and slower.",
        40,
    ),
    "articles that redirect to another site": (
        "refused",
        "The page could not be had: it leads away from the site, to https://elsewhere.example.",
        40,
    ),
    "articles that redirect to a file": (
        "refused",
        "The page could not be had: HTTP 302, a redirect that leads to no page.",
        40,
    ),
    "articles that redirect to a private address": (
        "refused",
        "The page could not be had: it leads away from the site, to http://10.0.0.1.",
        40,
    ),
    "articles that robots.txt forbids": ("refused", "The page could not be had: Forbidden by robots.txt.", 38),
}


@pytest.mark.parametrize(
    ("name", "code", "held"),
    [
        ("a pager that never ends", 0, 90),
        ("a listing that is only there in its long form", 0, 39),
        ("no listing but sitemaps", 0, 39),
        ("articles behind a cookie", 0, 39),
        ("articles behind an interstitial that lets the second request pass", 0, 39),
        ("an article that is not there, said with status 200", 0, 38),
        ("an article that is empty", 4, 38),
        ("an article whose body never ends", 4, 38),
        ("articles behind an interstitial", 5, 0),
        ("everything behind an interstitial", 5, 0),
        ("pages behind an interstitial, robots.txt not", 5, 0),
        ("articles that redirect to another site", 4, 0),
        ("articles that redirect to a file", 4, 0),
        ("articles that redirect to a private address", 4, 0),
        ("articles that robots.txt forbids", 4, 2),
        ("a silent site", 3, 0),
        ("a site that fails everywhere", 3, 0),
    ],
)
def test_a_site_that_misbehaves_is_survived_and_the_exit_code_says_so(
    hostile: Hostile, db: Path, name: str, code: int, held: int
) -> None:
    site = hostile(name)
    done = crawl(site.url, db, *AZAR, "--set", "DOWNLOAD_MAXSIZE=2000000", "--set", "RETRY_TIMES=1")
    assert (done.code, done.held) == (code, held), done.said
    assert len(site.requests) < 300
    assert "Traceback" not in done.said
    if code:
        assert done.said.strip()
    left = rows(
        db, "select state, error, count(*) from ledger where state <> 'held' and status is not 404 group by 1, 2"
    )
    assert left == ([LEFT[name]] if name in LEFT else [])


def test_a_pager_stuck_at_its_first_page_is_left_and_said_so(hostile: Hostile, db: Path) -> None:
    site = hostile("a pager that is stuck at its first page")
    done = crawl(site.url, db, *AZAR)
    assert "pager does not end" in done.said
    assert done.held == 90  # the sitemaps name what the archive does not


@pytest.mark.parametrize(
    "name", ["a listing that grows while it is walked", "a listing that shrinks while it is walked"]
)
def test_a_listing_that_shifts_while_it_is_walked_misses_nothing(hostile: Hostile, db: Path, name: str) -> None:
    site = hostile(name)
    done = crawl(site.url, db, *AZAR)
    assert done.code == 0, done.said
    held = {code for (code,) in rows(db, "select news_code from articles")}
    assert {story.code for story in site.view.stories} <= held


def test_a_code_that_is_reused_keeps_the_first_and_refuses_the_second(hostile: Hostile, db: Path) -> None:
    site = hostile("a code that is reused for another text")
    crawl(site.url, db, *AZAR)
    title = rows(db, "select title from articles where news_code = '1001779'")
    site.edit()
    done = crawl(site.url, db, "--recheck", "10000")
    assert done.refused == 1
    assert rows(db, "select title from articles where news_code = '1001779'") == title


def test_robots_crawl_delay_is_kept_and_a_delay_of_this_run_beats_it(
    hostile: Hostile, db: Path, tmp_path: Path
) -> None:
    site = hostile("a crawl delay")  # one second
    hasty = crawl(site.url, db, "--from", "2020-12-20", "--to", "2020-12-20")
    assert hasty.seconds < 5
    words = [word for word in command(site.url, tmp_path / "y.db", "--limit", "2") if word != "DOWNLOAD_DELAY=0"]
    began = time.monotonic()
    subprocess.run(
        [*words[: words.index("--set")], "--set", "BAYEGAN_BACKOFF=0", "--limit", "2"],
        check=False,
        timeout=60,
        capture_output=True,
    )
    assert time.monotonic() - began > 3  # five requests, four waits of about a second


def test_an_unreachable_host_is_said_in_a_sentence(db: Path) -> None:
    done = crawl("http://127.0.0.1:9", db, *AZAR, "--set", "RETRY_TIMES=1")
    assert done.code == 3
    assert "Traceback" not in done.said
    assert "Nothing was listed" in done.said
