"""A site that nobody declared: whose it is, and what its robots.txt, feeds and sitemaps name."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse, XmlResponse

from crawler.errors import UsageError
from crawler.families import Generic
from crawler.families.generic import spider_for
from crawler.undeclared import registrable, undeclared

HOME = "https://www.example.ir"


@pytest.mark.parametrize(
    ("url", "name", "home"),
    [
        ("https://www.example.ir", "example.ir", "https://www.example.ir"),
        ("https://www.example.ir/news/7?x=1#top", "example.ir", "https://www.example.ir"),
        ("http://news.example.co.ir/", "example.co.ir", "http://news.example.co.ir"),
        ("http://127.0.0.1:8000/", "127.0.0.1", "http://127.0.0.1:8000"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("https://me:secret@example.ir/", "example.ir", "https://example.ir"),
    ],
)
def test_an_undeclared_site_is_called_by_its_registrable_domain(url: str, name: str, home: str) -> None:
    agency = undeclared(url)
    assert (agency.name, agency.title, agency.home, agency.family) == (name, name, home, "generic")


def test_a_declared_site_is_its_own_agency() -> None:
    agency = undeclared("https://fars.shabestan.ir/detail/News/1001756")
    assert agency.name == "shabestan"
    assert spider_for(agency).name == "shabestan"


@pytest.mark.parametrize("url", ["", "example.ir", "ftp://example.ir", "https://", "http://[::1"])
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(UsageError):
        undeclared(url)


def test_a_host_that_nobody_registers_is_itself() -> None:
    assert [registrable(host) for host in ("10.0.0.1", "localhost", "co.ir")] == ["10.0.0.1", "localhost", "co.ir"]


def spider(**arguments: Any) -> Generic:
    made = spider_for(undeclared(HOME))(**arguments)
    assert isinstance(made, Generic)
    made.today = date(2025, 1, 10)
    return made


def asked(requests: Any) -> list[str]:
    return [one.url for one in requests if isinstance(one, Request)]


def answer(path: str, body: str | bytes, kind: type[Response] = XmlResponse) -> Response:
    source = body.encode() if isinstance(body, str) else body
    url = HOME + path
    return kind(url, body=source, request=Request(url)) if kind is Response else _text(kind, url, source)


def _text(kind: type[Response], url: str, body: bytes) -> Response:
    assert issubclass(kind, TextResponse)
    return kind(url, body=body, encoding="utf-8", request=Request(url))


def test_it_begins_with_robots_txt_and_the_home_page() -> None:
    assert asked(spider().first_requests()) == [f"{HOME}/robots.txt", f"{HOME}/"]
    dated = spider(**{"from": "2025-01-01", "to": "2025-01-05"})
    assert asked(dated.first_requests()) == [f"{HOME}/robots.txt"]


@pytest.mark.parametrize(
    ("robots", "paths"),
    [
        (f"User-agent: *\nSitemap: {HOME}/map.xml\nsitemap:{HOME}/news.xml?n=1\n", ["/map.xml", "/news.xml?n=1"]),
        ("Sitemap: https://example.ir/map.xml", ["/map.xml"]),
        ("Sitemap: https://elsewhere.example/map.xml", ["/sitemap.xml", "/sitemap_index.xml"]),
        ("<html>404</html>", ["/sitemap.xml", "/sitemap_index.xml"]),
        ("", ["/sitemap.xml", "/sitemap_index.xml"]),
    ],
)
def test_sitemaps_are_those_that_robots_txt_names_else_the_usual(robots: str, paths: list[str]) -> None:
    found = asked(spider().parse_robots(answer("/robots.txt", robots, TextResponse)))
    assert found == [HOME + path for path in paths]


def test_a_window_is_swept_through_the_same_sitemaps() -> None:
    dated = spider(**{"from": "2025-01-01", "to": "2025-01-05"})
    robots = answer("/robots.txt", f"Sitemap: {HOME}/map.xml", TextResponse)
    assert asked(dated.parse_robots(robots)) == [f"{HOME}/map.xml"]


def test_feeds_are_those_that_the_home_page_names_else_the_usual() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feeds/all">'
    assert asked(spider().parse_home(answer("/", head, HtmlResponse))) == [f"{HOME}/feeds/all"]
    usual = [f"{HOME}/feed", f"{HOME}/rss", f"{HOME}/rss.xml"]
    assert asked(spider().parse_home(answer("/", "<p>خوش آمدید</p>", HtmlResponse))) == usual


def urlset(*places: tuple[str, str | None]) -> str:
    rows = "".join(
        f"<url><loc>{HOME}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for path, day in places
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


NEW, OLD = "2025-01-09", "2024-12-01"
PLACES = urlset(("/news/10001/a", NEW), ("/news/10002/b", OLD), ("/tag/10003", NEW), ("/about", NEW))


@pytest.mark.parametrize("body", [PLACES, gzip.compress(PLACES.encode())])
def test_of_a_sitemap_the_last_days_are_new(body: str | bytes) -> None:
    kind = Response if isinstance(body, bytes) else XmlResponse
    assert asked(spider().parse_new(answer("/sitemap.xml", body, kind))) == [f"{HOME}/news/10001/a"]


def test_what_is_known_already_bounds_what_is_new() -> None:
    later = spider()
    later.known_until = date(2025, 1, 10) - timedelta(days=60)
    found = asked(later.parse_new(answer("/sitemap.xml", PLACES)))
    assert found == [f"{HOME}/news/10001/a", f"{HOME}/news/10002/b"]


def test_of_an_index_only_the_leaves_are_asked_that_may_hold_something_new() -> None:
    leaves = [("/map-1.xml", NEW), ("/map-2.xml", OLD), ("/2025/01/10/map.xml", None), ("/2024/01/10/map.xml", None)]
    rows = "".join(
        f"<sitemap><loc>{HOME}{path}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>"
        for path, day in leaves
    )
    index = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'
    found = asked(spider().parse_new(answer("/sitemap.xml", index)))
    assert found == [f"{HOME}/map-1.xml", f"{HOME}/2025/01/10/map.xml"]
    assert asked(spider().parse_new(answer("/map-1.xml", index), is_leaf=True)) == []
