"""Archive pages, feeds and sitemaps: a byte says of which family, the rest is what was served.

Before an archive page another byte says as what.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import TYPE_CHECKING, Final

from example_pages import ask, azar
from scrapy.http import HtmlResponse, TextResponse, XmlResponse

from crawler import agencies
from crawler.answers import as_html
from crawler.listing import Reader
from crawler.urls import Home
from fuzz.pages import SAVED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.agencies import Agency
    from crawler.items import Link

# One of each family.
NAMES: Final = (
    *("shabestan", "tasnim", "tabnak", "ilna", "alef", "fars", "bbcpersian", "euronews", "varzesh3", "radiofarda"),
    *("snn", "yjc", "digiato"),
)
ANSWERS: Final = (HtmlResponse, XmlResponse, TextResponse)
WORDS: Final = (
    *("<urlset>", "<url><loc>", "</loc></url>", "<sitemap><loc>", "<lastmod>", "<news:publication_date>", "<rss>"),
    *("<item><link>", "<pubDate>", "<entry><link href=", "<!DOCTYPE x [<!ENTITY a ", "]>&a;", '{"urls":[{"loc":"'),
    *('"lastmode":"', '<ul class="pagination">', "<li><h3><a href=", "<time title=", '<link rel="alternate" type="rss'),
    *("\\u0622\\u0630\\u0631", 'encoding="utf-16"', 'encoding="cp1256"', "xml:base", "1399/9/17", "?pi=2"),
)


def archive(data: bytes) -> None:
    one, served = _of(data)
    url = f"{one.home}/archive?pi=1"
    kind = ANSWERS[(served[0] if served else 0) % len(ANSWERS)]
    page = as_html(kind(url, body=served[1:]))
    reader, listing = _reader(one), agencies.spider_class(one.name).listing
    _check(one, reader.archive(page, listing, url).links)
    assert all(map(one.owns, reader.feeds(page, url)))


def feed(data: bytes) -> None:
    one, body = _of(data)
    _check(one, _reader(one).feed(body, f"{one.home}/rss"))


def sitemap(data: bytes) -> None:
    one, body = _of(data)
    found = _reader(one).sitemap(body, f"{one.home}/sitemap.xml")
    _check(one, found.links)
    assert all(one.owns(leaf.url) for leaf in found.leaves)


def _of(data: bytes) -> tuple[Agency, bytes]:
    return agencies.agency(NAMES[(data[0] if data else 0) % len(NAMES)]), data[1:]


@cache
def _reader(one: Agency) -> Reader:
    return Reader(one, Home(one.home))


def _check(one: Agency, links: Iterable[Link]) -> None:
    """Every link is an address of the agency that names the article's code, and can be written."""
    for link in links:
        assert link.url.encode()
        assert link.news_code
        assert one.owns(link.url), link.url
        assert one.code_of(link.url) == link.news_code, link


def _each(*bodies: bytes) -> list[bytes]:
    """One body after the other, each as one agency's: the fuzzer finds the other agencies itself."""
    return [bytes([number % len(NAMES)]) + body for number, body in enumerate(bodies)]


@cache
def archive_seeds() -> list[bytes]:
    saved = [path.read_bytes() for path in sorted(SAVED.glob("*/listing.html"))]
    return _each(*(bytes([number]) + one for number, one in enumerate([ask("/archive", azar(17)).body, *saved])))


@cache
def feed_seeds() -> list[bytes]:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>x</title><published>2020-12-07T11:00:00Z
    </published><link href="https://shabestan.news/news/7"/></entry></feed>"""
    return _each(ask("/rss").body, atom.encode())


@cache
def sitemap_seeds() -> list[bytes]:
    index, news = ask("/sitemap/1399/sitemap.xml").body, ask("/sitemap/news/sitemap.xml").body
    leaf = b'{"urls":[{"loc":"https://shabestan.news/news/7/x","lastmode":"2020-12-07T11:00:00Z"},{"loc":"/news/8"}]}'
    return _each(index, news, leaf, gzip.compress(news))
