"""Crawls of a site that nobody declared, by what its feeds and sitemaps name."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from crawls import AZAR, Crawled, crawl

from bayegan import open_archive

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.example import Example
    from conftest import Hostile

SITE = "https://www.example.test"


def crawl_site(home: str, archive: Path, *options: str, url: str = SITE) -> Crawled:
    return crawl(home, archive, *options, agency=f"--url={url}")


def rows(archive: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(archive) as conn:
        return conn.execute(sql).fetchall()


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "x.db"


def test_what_feed_and_sitemap_name_is_held_under_the_domain(example: Example, db: Path) -> None:
    first = crawl_site(example.url, db)
    assert first.code == 0, first.said
    assert first.agency == "example.test"
    assert first.listed == first.held + first.gone >= 20
    assert rows(db, "select name, title, home, family from agencies") == [
        ("example.test", "example.test", "https://www.example.test", "generic")
    ]
    with open_archive(db) as archive:
        newest = example.view.stories[0]
        article = archive.article("example.test", newest.code)
        assert article is not None
        assert (article.title, article.published, tuple(article.tags)) == (newest.title, newest.published, newest.tags)
    foreign = f"not like '{SITE}/%'"
    for table in ("ledger", "pages", "articles"):
        assert rows(db, f"select count(*) from {table} where url {foreign}") == [(0,)], table


def test_a_second_crawl_fetches_what_is_new_alone(example: Example, db: Path) -> None:
    first = crawl_site(example.url, db)
    again = crawl_site(example.url, db)
    assert (again.code, again.new) == (0, 0), again.said
    example.publish(2)
    third = crawl_site(example.url, db, url="https://example.test/news/7?x=1")
    assert (third.code, third.agency, third.new) == (0, "example.test", 2), third.said
    assert rows(db, "select count(*) from articles") == [(first.held + 2,)]


def test_days_that_are_named_are_asked_of_its_sitemaps(example: Example, db: Path) -> None:
    done = crawl_site(example.url, db, *AZAR)
    assert (done.code, done.listed, done.held, done.gone) == (0, 40, 39, 1), done.said
    again = crawl_site(example.url, db, *AZAR)
    assert (again.code, again.listed, again.held, again.new) == (0, 40, 39, 0), again.said


def test_a_dry_run_of_a_site_writes_nothing(example: Example, db: Path) -> None:
    dry = crawl_site(example.url, db, "--dry-run")
    assert (dry.code, dry.new) == (0, 0)
    assert dry.listed > 0
    assert not db.exists()


def test_an_address_of_a_declared_agency_is_crawled_as_that_agency_and_said_so(example: Example, db: Path) -> None:
    done = crawl_site(example.url, db, "--limit", "2", url="https://fars.shabestan.ir/detail/News/1")
    assert (done.agency, done.new) == ("shabestan", 2)
    assert "belongs to shabestan" in done.said
    assert rows(db, "select distinct agency from articles") == [("shabestan",)]


def test_robots_txt_is_obeyed_on_a_site_too(hostile: Hostile, db: Path) -> None:
    site = hostile("articles that robots.txt forbids")
    done = crawl_site(site.url, db, "--set", "RETRY_TIMES=1")
    assert done.code == 4
    assert done.refused > 0
    assert not [path for path in site.requests if path.startswith("/news/")]


@pytest.mark.parametrize(
    ("name", "code"),
    [("a silent site", 3), ("a site that fails everywhere", 3), ("everything behind an interstitial", 5)],
)
def test_a_site_that_says_nothing_is_told_by_the_exit_code(hostile: Hostile, db: Path, name: str, code: int) -> None:
    done = crawl_site(hostile(name).url, db, "--set", "RETRY_TIMES=1")
    assert (done.code, done.held) == (code, 0)
    assert done.said.strip()
    assert "Traceback" not in done.said


def test_a_host_that_cannot_be_reached_is_told(db: Path) -> None:
    done = crawl_site("http://127.0.0.1:9", db, "--set", "RETRY_TIMES=0")
    assert done.code == 3
    assert "Traceback" not in done.said


@pytest.mark.parametrize("url", ["example.test", "ftp://example.test", "https://", "http://[", ""])
def test_what_is_no_address_of_a_site_is_wrong_usage(url: str, db: Path) -> None:
    done = crawl_site("http://127.0.0.1:9", db, url=url)
    assert (done.code, done.summary) == (2, {})
    assert done.said.count("\n") == 1
    assert not db.exists()
