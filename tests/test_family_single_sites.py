"""Sites with a family of their own: addresses, feeds, archives."""

from __future__ import annotations

from datetime import date

import pytest
from parsel import Selector

from crawler.agencies import Agency
from crawler.families import Alef, Bbc, Euronews, Fars, Varzesh3
from crawler.listing import Reader
from crawler.urls import Home

SITES = {
    "varzesh3": "https://www.varzesh3.com",
    "fars": "https://www.farsnews.ir",
    "bbc": "https://www.bbc.com/persian",
    "euronews": "https://parsi.euronews.com",
    "alef": "https://www.alef.ir",
}
AGENCIES = {family: Agency(name=family, title=family, home=home, family=family) for family, home in SITES.items()}
READERS = {family: Reader(one, Home(one.origin)) for family, one in AGENCIES.items()}
DAY = date(2020, 12, 7)


@pytest.mark.parametrize(
    ("family", "url", "code", "canonical"),
    [
        ("varzesh3", "https://www.varzesh3.com/news/2235625/%D8%A2", "2235625", "https://www.varzesh3.com/news/2235625/آ"),
        ("varzesh3", "https://www.varzesh3.com/video/7", None, "https://www.varzesh3.com/video/7"),
        ("fars", "https://www.farsnews.ir/news/14010204000332/x", "14010204000332", "https://www.farsnews.ir/news/14010204000332/x"),
        ("fars", "https://www.farsnews.ir/khorasan/news/13990917000111", "13990917000111", "https://www.farsnews.ir/news/13990917000111"),
        ("fars", "https://www.farsnews.ir/newstext/13930418000036", "13930418000036", "https://www.farsnews.ir/news/13930418000036"),
        ("fars", "https://www.farsnews.ir/news/7", None, "https://www.farsnews.ir/news/7"),
        ("bbc", "https://www.bbc.com/persian/articles/c0rp1q2w3e4o?at_medium=RSS", "c0rp1q2w3e4o", "https://www.bbc.com/persian/articles/c0rp1q2w3e4o"),
        ("bbc", "https://www.bbc.com/persian/articles/c0rp1q2w3e4o.amp", "c0rp1q2w3e4o", "https://www.bbc.com/persian/articles/c0rp1q2w3e4o"),
        ("bbc", "https://www.bbc.com/persian/iran-46712345", "iran-46712345", "https://www.bbc.com/persian/iran-46712345"),
        ("bbc", "https://www.bbc.com/persian/topics/c1", None, "https://www.bbc.com/persian/topics/c1"),
        ("bbc", "https://www.bbc.com/news/articles/c0rp1q2w3e4o", None, "https://www.bbc.com/news/articles/c0rp1q2w3e4o"),
        ("euronews", "https://parsi.euronews.com/2025/04/14/flower-show", "2025/04/14/flower-show", "https://parsi.euronews.com/2025/04/14/flower-show"),
        ("euronews", "https://parsi.euronews.com/2025/04/14", None, "https://parsi.euronews.com/2025/04/14"),
        ("alef", "https://www.alef.ir/news/4000712034.html", "4000712034", "https://www.alef.ir/news/4000712034.html"),
        ("alef", "http://alef.ir/vdcaaanu049nuw1.k5k4.html", "vdcaaanu049nuw1.k5k4", "https://www.alef.ir/vdcaaanu049nuw1.k5k4.html"),
    ],
)  # fmt: skip
def test_an_address_has_its_code_and_one_form(family: str, url: str, code: str | None, canonical: str) -> None:
    assert AGENCIES[family].code_of(url) == code
    assert AGENCIES[family].canonical(url) == canonical


@pytest.mark.parametrize(
    ("family", "code", "address"),
    [
        ("varzesh3", "7", "https://www.varzesh3.com/news/7"),
        ("fars", "13990917000111", "https://www.farsnews.ir/news/13990917000111"),
        ("bbc", "c0rp1q2w3e4o", "https://www.bbc.com/persian/articles/c0rp1q2w3e4o"),
        ("euronews", "2025/04/14/x", "https://parsi.euronews.com/2025/04/14/x"),
        ("alef", "4000712034", "https://www.alef.ir/news/4000712034.html"),
    ],
)
def test_a_code_alone_has_an_address(family: str, code: str, address: str) -> None:
    assert AGENCIES[family].address(code) == address


@pytest.mark.parametrize(
    ("number", "last", "path"),
    [
        (1, DAY, "/archive?cat=-1&subcat=-1&date=1399/9/17&p=1"),
        (3, DAY, "/archive?cat=-1&subcat=-1&date=1399/9/17&p=3"),
        (1, None, "/archive?p=1"),
    ],
)
def test_fars_lists_exact_days(number: int, last: date | None, path: str) -> None:
    spider = Fars.__new__(Fars)
    assert (spider.archive_days, spider.archive_from_now) == (1, False)
    assert spider.archive_path(0, number, last, last) == path


@pytest.mark.parametrize(
    ("number", "last", "path"), [(1, DAY, "/2020/12/07"), (2, DAY, "/2020/12/07?p=2"), (1, None, "/2026/11/23")]
)
def test_euronews_lists_exact_days(number: int, last: date | None, path: str) -> None:
    spider = Euronews.__new__(Euronews)
    spider.today = date(2026, 11, 23)
    assert (spider.archive_days, spider.archive_from_now) == (1, False)
    assert spider.archive_path(0, number, last, last) == path


def test_a_sitemap_of_varzesh3_names_addresses_without_a_host() -> None:
    leaf = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/news/2235625/x</loc>
    <lastmod>2026-01-12T00:30:00+03:30</lastmod></url></urlset>"""
    links = READERS["varzesh3"].sitemap(leaf.encode(), f"{SITES['varzesh3']}{Varzesh3.recent_sitemaps[0]}").links
    assert [(link.url, link.day) for link in links] == [("https://www.varzesh3.com/news/2235625/x", date(2026, 1, 12))]


def test_a_feed_on_another_host_names_the_sites_own_articles() -> None:
    feed = """<rss version="2.0"><channel><item><guid isPermaLink="false">https://www.bbc.com/persian/articles/c0rp1q2w3e4o#0</guid>
    <link>https://www.bbc.com/persian/articles/c0rp1q2w3e4o?at_medium=RSS&amp;at_campaign=rss</link>
    <pubDate>Sat, 02 Mar 2024 21:20:11 GMT</pubDate></item><item><link>https://www.bbc.com/persian/media-1</link></item></channel></rss>"""
    links = READERS["bbc"].feed(feed.encode(), Bbc.feeds[0])
    assert [(link.url, link.day) for link in links] == [
        ("https://www.bbc.com/persian/articles/c0rp1q2w3e4o", date(2024, 3, 3))
    ]


def test_the_day_list_of_euronews_names_its_articles() -> None:
    html = """<main><article><a class="m-object__title__link" href="/2020/12/07/rain-in-rome">x</a></article>
    <article><h3><a href="https://parsi.euronews.com/culture/2020/12/07/snow">y</a></h3></article></main>"""
    listing = READERS["euronews"].archive(Selector(html), Euronews.listing, f"{SITES['euronews']}/2020/12/07")
    assert [link.news_code for link in listing.links] == ["2020/12/07/rain-in-rome", "2020/12/07/snow"]
    assert not listing.pager


def test_the_day_list_of_fars_names_its_articles() -> None:
    html = """<ul><li class="media py-3 border-bottom"><a href="/news/13990917000111/x"><img></a>
    <h3><a href="/news/13990917000111/x">y</a></h3><time datetime="12/7/2020 2:30:00 PM">z</time></li></ul>
    <ul class="pagination"><li><a href="?p=2">2</a></li></ul>"""
    listing = READERS["fars"].archive(Selector(html), Fars.listing, f"{SITES['fars']}/archive")
    assert [(link.news_code, link.day) for link in listing.links] == [("13990917000111", DAY)]
    assert listing.pager


def test_alef_has_two_feeds_and_no_archive() -> None:
    assert (Alef.feeds, Alef.archive_forms) == (("/rss/latest/all.xml", "/rss.xml"), ())
