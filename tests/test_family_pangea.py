"""Pangea's listings: feeds that the home page names, an index of compressed sitemaps, codes."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from parsel import Selector

from crawler.agencies import Agency
from crawler.families import Pangea
from crawler.listing import Reader
from crawler.urls import Home

HOME = "https://www.radiofarda.com"
AGENCY = Agency(name="x", title="x", home=HOME, family="pangea")
READER = Reader(AGENCY, Home(HOME))

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://www.radiofarda.com/sitemap_7_1.xml.gz</loc><lastmod>2019-02-01T00:00:00Z</lastmod></sitemap>
<sitemap><loc>https://www.radiofarda.com/sitemap_7_2.xml.gz</loc><lastmod>2024-11-13T09:00:00Z</lastmod></sitemap>
</sitemapindex>"""
LEAF = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://www.radiofarda.com/a/power-returns/33012345.html</loc><lastmod>2024-11-13T18:30:00Z</lastmod></url>
<url><loc>https://www.radiofarda.com/z/601</loc></url></urlset>"""


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/a/power-returns/33012345.html", "33012345"),
        ("/a/340739.html", "340739"),
        ("/z/601", None),
        ("/p/6154.html", None),
    ],
)
def test_the_code_is_the_number_at_the_end_of_an_articles_address(path: str, code: str | None) -> None:
    assert AGENCY.code_of(HOME + path) == code


def test_an_article_is_addressed_as_it_was_written_and_a_code_alone_without_its_slug() -> None:
    assert AGENCY.canonical(f"{HOME}/a/power-returns/33012345.html?x=1") == f"{HOME}/a/power-returns/33012345.html"
    assert AGENCY.address("33012345") == f"{HOME}/a/33012345.html"


def test_the_home_page_names_the_feeds() -> None:
    html = """<link rel="alternate" type="application/rss+xml" href="/api/zrttpol-vomx-tpeoogpi">
    <link rel="alternate" hreflang="en" href="/en">"""
    assert READER.feeds(Selector(html), HOME + "/") == (f"{HOME}/api/zrttpol-vomx-tpeoogpi",)
    assert Pangea.home_names_feeds
    assert Pangea.feeds == ()


def test_leaves_that_were_last_changed_before_a_window_cannot_hold_it() -> None:
    leaves = READER.sitemap(INDEX.encode(), f"{HOME}/sitemap.xml").leaves
    assert [leaf.may_hold(date(2024, 11, 1), date(2024, 11, 30)) for leaf in leaves] == [False, True]


@pytest.mark.parametrize("body", [LEAF.encode(), gzip.compress(LEAF.encode(), mtime=0)])
def test_a_sitemap_is_read_compressed_or_not(body: bytes) -> None:
    links = READER.sitemap(body, f"{HOME}/sitemap_7_2.xml.gz").links
    assert [(link.news_code, link.day) for link in links] == [("33012345", date(2024, 11, 13))]


@pytest.mark.parametrize("body", [gzip.compress(LEAF.encode(), mtime=0)[:60], b"\x1f\x8bnone", b"\x1f\x8b"])
def test_a_torn_file_names_no_more_than_it_holds(body: bytes) -> None:
    assert READER.sitemap(body, HOME).leaves == ()


def test_an_archive_page_names_its_articles_with_their_days() -> None:
    html = """<ul class="archive-list"><li class="archive-list__item"><div class="media-block">
    <a href="/a/33000012.html" class="img-wrap"></a>
    <span class="date"><time datetime="2024-11-12T23:00:00+03:30">x</time></span>
    <a href="/a/33000012.html"><h4 class="media-block__title">دلار</h4></a></div></li></ul>
    <p class="btn--load-more"><a class="link-showMore" href="/z/612?p=1">بیشتر</a></p>"""
    listing = READER.archive(Selector(html), Pangea.listing, f"{HOME}/z/612")
    assert [(link.url, link.day) for link in listing.links] == [(f"{HOME}/a/33000012.html", date(2024, 11, 12))]
    assert listing.pager


def test_one_index_serves_every_window() -> None:
    spider = Pangea.__new__(Pangea)
    assert spider.sitemap_paths(date(2019, 1, 1), date(2019, 1, 2), date(2026, 11, 23)) == ("/sitemap.xml",)
