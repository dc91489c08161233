"""Sites whose days cannot be listed: said plainly, and what is new is crawled all the same."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from crawls import crawl

from crawler.agencies import spider_class

if TYPE_CHECKING:
    from pathlib import Path

    from bayegan.example import Example

DAYS = {"from": "1399-09-17", "to": "1399-09-18"}


def test_days_of_a_site_that_lists_none_are_refused_in_a_sentence(example: Example, tmp_path: Path) -> None:
    window = ("--from", DAYS["from"], "--to", DAYS["to"])
    crawled = crawl(example.url, tmp_path / "x.db", *window, agency="jahannews")
    assert (crawled.code, crawled.listed, crawled.requests) == (3, 0, 0)
    assert crawled.said.splitlines()[-1] == (
        "https://www.jahannews.com has neither an archive nor sitemaps that we know of, so its days cannot be listed: "
        "crawl it often, without days."
    )


@pytest.mark.parametrize(
    ("agency", "paths"),
    [
        ("jahannews", ["/rssb5.-er48r6--4qhfle2m.puirug.r.xml", "/"]),
        ("bbcpersian", ["/persian/rss.xml", "/persian/sitemap.xml"]),
        ("varzesh3", ["/rss/all", "/sitemap/news"]),
        ("alef", ["/rss/latest/all.xml", "/rss.xml"]),
        ("euronews", ["/rss", "/sitemaps/fa/latest-news.xml", "/2026/11/23"]),
    ],
)
def test_without_days_whatever_names_the_newest_is_asked(agency: str, paths: list[str]) -> None:
    spider = spider_class(agency)(home="http://127.0.0.1:8000")
    spider.today = date(2026, 11, 23)
    assert [request.url for request in spider.first_requests()] == [f"http://127.0.0.1:8000{path}" for path in paths]


def test_later_runs_of_a_site_without_archive_ask_the_same() -> None:
    spider = spider_class("varzesh3")(home="http://127.0.0.1:8000")
    spider.known_until = date(2026, 11, 20)
    assert len(list(spider.first_requests())) == 2


@pytest.mark.parametrize(
    ("agency", "paths"),
    [
        ("radiofarda", ["/sitemap.xml"]),
        ("euronews", ["/2020/12/08"]),
        ("fars", ["/archive?cat=-1&subcat=-1&date=1399/9/18&p=1"]),
    ],
)
def test_a_window_begins_at_its_newest_day_or_with_the_sitemaps(agency: str, paths: list[str]) -> None:
    spider = spider_class(agency)(home="http://127.0.0.1:8000", **DAYS)
    assert [request.url for request in spider.first_requests()] == [f"http://127.0.0.1:8000{path}" for path in paths]


def test_a_day_that_lists_nothing_does_not_end_the_window(example: Example, tmp_path: Path) -> None:
    window = ("--from", DAYS["from"], "--to", DAYS["to"])
    crawled = crawl(example.url, tmp_path / "x.db", *window, agency="fars")
    assert crawled.code == 3
    assert [path for path in example.requests if path.startswith("/archive")] == [
        "/archive?cat=-1&subcat=-1&date=1399/9/18&p=1",
        "/archive?cat=-1&subcat=-1&date=1399/9/17&p=1",
    ]


def test_hosts_that_serve_our_feeds_may_be_asked_and_no_others() -> None:
    spider = spider_class("bbcpersian")()
    asked = ("https://feeds.bbci.co.uk/persian/rss.xml", "https://www.bbc.com/persian/articles/c0rp1q2w3e4o")
    assert [spider.may_ask(url) for url in (*asked, "https://example.org/x")] == [True, True, False]
