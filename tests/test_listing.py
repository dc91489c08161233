from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from parsel import Selector

from crawler.address_days import day_in_path
from crawler.agencies import agency, spider_class
from crawler.errors import PoisonedListingError
from crawler.families import Nastooh
from crawler.listing import Reader
from crawler.urls import Home

if TYPE_CHECKING:
    from collections.abc import Callable

HOME = "https://shabestan.news"
READER = Reader(agency("shabestan"), Home(HOME))
MIRRORED = Reader(agency("shabestan"), Home(HOME, "http://127.0.0.1:8000"))


AGO = "\u06f4 \u0631\u0648\u0632 \u0642\u0628\u0644"


def item(code: int, when: str = "", *, folder: str = "news") -> str:
    time = f'<time title="{when}"><a>{AGO}</a></time>' if when else ""
    return f"""
    <li class="report" data-conf="{{}}">
      <figure><a href="/{folder}/{code}/\u0646\u0627\u0645" title="{AGO}"><img src="/t.jpg"></a></figure>
      <div class="desc"><h3><a href="/{folder}/{code}/%D9%86%D8%A7%D9%85?src=list#c" title="{AGO}">T{code}</a></h3>
      {time}</div></li>"""


PAGER = '<footer><ul class="pagination"><li><a class="page-link" href="?pi=2">\u06f2</a></li></ul></footer>'
SIDE = f'<section class="box list hidden-time"><ul>{item(999)}</ul></section>'


def archive(*items: str, pager: str = PAGER) -> str:
    section = f'<section class="box list list-thumbs"><div><ul>{"".join(items)}</ul></div>{pager}</section>'
    return f"<html><body>{SIDE}{section}{SIDE}</body></html>"


AZAR = "\u0622\u0630\u0631 \u06f1\u06f3\u06f9\u06f9"
SEVENTEENTH = f"\u0633\u0647\u200c\u0634\u0646\u0628\u0647 \u06f1\u06f7 {AZAR} - \u06f2\u06f1:\u06f4\u06f0"
SIXTEENTH = f"\u06cc\u06a9\u0634\u0646\u0628\u0647 \u06f1\u06f6 {AZAR} - \u06f0\u06f0:\u06f1\u06f0"


def read(html: str, reader: Reader = READER) -> list[tuple[str, date | None]]:
    listing = reader.archive(Selector(html), Nastooh.listing, f"{reader.home.base}/archive?pi=1")
    return [(link.news_code, link.day) for link in listing.links]


def test_an_archive_page_names_its_own_items_once_with_their_days() -> None:
    html = archive(item(12, SEVENTEENTH), item(11, SIXTEENTH, folder="photo"), item(12, SEVENTEENTH))
    assert read(html) == [("12", date(2020, 12, 7)), ("11", date(2020, 12, 6))]


def test_an_item_without_a_readable_date_takes_its_neighbours_day() -> None:
    html = archive(item(13), item(12, SEVENTEENTH), item(11), item(10, SIXTEENTH))
    assert read(html) == [
        ("13", date(2020, 12, 7)),
        ("12", date(2020, 12, 7)),
        ("11", date(2020, 12, 7)),
        ("10", date(2020, 12, 6)),
    ]


def test_links_are_canonical_whatever_slug_query_or_anchor_the_page_wrote() -> None:
    listing = READER.archive(Selector(archive(item(12, SEVENTEENTH))), Nastooh.listing, f"{HOME}/archive")
    assert [link.url for link in listing.links] == [f"{HOME}/news/12/\u0646\u0627\u0645"]


def test_a_mirrors_links_are_the_agencys_own() -> None:
    html = archive(item(12, SEVENTEENTH)).replace('href="/news', 'href="http://127.0.0.1:8000/news')
    assert read(html, MIRRORED) == [("12", date(2020, 12, 7))]
    assert read(html.replace(":8000", ":9000"), MIRRORED) == []


@pytest.mark.parametrize(
    ("html", "links", "pager"),
    [
        (archive(item(12, SEVENTEENTH)), 1, True),
        (archive(item(12, SEVENTEENTH), pager=""), 1, False),
        ("<html><body><p>\u0646\u06cc\u0633\u062a</p></body></html>", 0, False),
        (f'<div class="items"><ul>{item(12, SEVENTEENTH)}</ul></div>{PAGER}', 1, True),
    ],
)
def test_the_end_of_a_listing_is_seen(html: str, links: int, *, pager: bool) -> None:
    listing = READER.archive(Selector(html), Nastooh.listing, f"{HOME}/archive")
    assert (len(listing.links), listing.pager) == (links, pager)


FEED = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><link>https://shabestan.news</link>
<item><title>A</title><link>
  https://shabestan.news/news/12/a
</link><pubDate>Mon, 07 Dec 2020 20:45:00 GMT</pubDate><guid>https://shabestan.news/news/12/a</guid></item>
<item><guid>https://shabestan.news/news/11/b</guid><pubDate>07 Dec 2020 18:01:01 +0330</pubDate></item>
<item><link>https://example.org/news/10</link></item></channel></rss>"""


def test_a_feed_names_its_articles_on_tehrans_days() -> None:
    links = READER.feed(FEED.encode(), f"{HOME}/rss")
    assert [(link.news_code, link.day, link.via) for link in links] == [
        ("12", date(2020, 12, 8), "feed"),
        ("11", date(2020, 12, 7), "feed"),
    ]


URLSET = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://shabestan.news/news/12/a</loc><news:news><news:publication_date>2020-12-07T20:45:00Z</news:publication_date></news:news><lastmod>2020-12-09</lastmod></url>
<url><loc>https://shabestan.news/news/11/b</loc><lastmod>2020-12-06T10:00:00Z</lastmod></url>
<url><loc>https://shabestan.news/service/city</loc></url></urlset>"""


def test_a_sitemap_names_articles_by_publication_before_change() -> None:
    links = READER.sitemap(URLSET.encode(), f"{HOME}/sitemap").links
    assert [(link.news_code, link.day) for link in links] == [("12", date(2020, 12, 8)), ("11", date(2020, 12, 6))]


def test_a_leafs_own_day_beats_the_last_change() -> None:
    links = READER.sitemap(URLSET.encode(), f"{HOME}/sitemap", day=date(2020, 12, 5)).links
    assert [link.day for link in links] == [date(2020, 12, 8), date(2020, 12, 5)]


@pytest.mark.parametrize("read", [READER.feed, READER.sitemap])
def test_a_listing_of_millions_of_elements_is_refused_before_it_is_parsed(read: Callable[[bytes, str], object]) -> None:
    body = b"<urlset>" + b"<a/>" * 2_000_000 + b"</urlset>"
    with pytest.raises(PoisonedListingError, match=r"^it has more than 2,000,000 tags, more than a listing may have$"):
        read(body, HOME)


def test_items_that_were_not_closed_say_each_its_own() -> None:
    feed = "<rss>" + "".join(
        f"<item><link>{HOME}/news/{code}</link><pubDate>{day} Dec 2020 14:30:00 +0330</pubDate>"
        for code, day in ((7, "Mon, 07"), (8, "Tue, 08"), (9, "Wed, 09"))
    )
    days = [(link.news_code, link.day) for link in READER.feed(feed.encode(), HOME)]
    assert days == [("7", date(2020, 12, 7)), ("8", date(2020, 12, 8)), ("9", date(2020, 12, 9))]


def test_an_old_leaf_served_as_json_is_read() -> None:
    body = b'{"urls":[{"loc":"https://shabestan.news/news/12/a","lastmode":"2020-12-07T10:00:00Z"},{"loc":null},7]}'
    links = READER.sitemap(body, f"{HOME}/sitemap").links
    assert [(link.news_code, link.day) for link in links] == [("12", date(2020, 12, 7))]


INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://shabestan.news/sitemap/1399/9/17/sitemap.xml</loc></sitemap>
<sitemap><loc>https://shabestan.news/sitemap/a.xml</loc><lastmod>2020-12-01</lastmod></sitemap>
<sitemap><loc>https://example.org/sitemap/b.xml</loc></sitemap></sitemapindex>"""


def test_an_index_names_the_agencys_own_leaves_and_which_may_hold_a_window() -> None:
    leaves = READER.sitemap(INDEX.encode(), f"{HOME}/sitemap").leaves
    assert [leaf.day for leaf in leaves] == [date(2020, 12, 7), None]
    window = (date(2020, 12, 5), date(2020, 12, 10))
    assert [leaf.may_hold(*window) for leaf in leaves] == [True, False]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>block page</body></html>",
        b'{"urls": 7}',
        b"{",
        b"\xff\xfe\x00",
        b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss-0.91.dtd"><rss><channel/></rss>',
    ],
)
def test_what_is_no_listing_names_nothing(body: bytes) -> None:
    assert READER.sitemap(body, HOME).links == ()
    assert READER.feed(body, HOME) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "types", ['<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY % x SYSTEM "http://a.ir/"> %x;', '<!ENTITY x "ha">']
)
def test_a_listing_that_declares_entities_is_refused_by_name(types: str, encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [{types}]>{URLSET}'.encode(encoding)
    for read in (READER.sitemap, READER.feed):
        with pytest.raises(PoisonedListingError, match="declares XML entities"):
            read(body, HOME)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/sitemap/1399/09/17/sitemap.xml", date(2020, 12, 7)),
        ("/sitemap/1399-9-17.xml", date(2020, 12, 7)),
        ("/sitemap/2020/12/07.xml", date(2020, 12, 7)),
        ("/sitemap/13990917.xml", date(2020, 12, 7)),
        ("/sitemap/1399/12/30/x.xml", date(2021, 3, 20)),
        ("/sitemap/1400/12/30/x.xml", None),
        ("/sitemap/2020/13/07.xml", None),
        ("/sitemap/all/sitemap.xml", None),
    ],
)
def test_the_day_in_a_leafs_address_is_read_in_either_calendar(path: str, day: date | None) -> None:
    assert day_in_path(HOME + path) == day


@pytest.mark.parametrize(
    ("form", "number", "last", "path"),
    [
        (0, 1, date(2020, 12, 20), "/archive?pi=1&ms=0&dy=30&mn=9&yr=1399"),
        (1, 3, date(2020, 12, 20), "/page/archive.xhtml?pi=3&ms=0&dy=30&mn=9&yr=1399"),
        (0, 2, None, "/archive?pi=2&ms=0"),
    ],
)
def test_a_listing_address_is_built_for_a_day(form: int, number: int, last: date | None, path: str) -> None:
    assert spider_class("shabestan")().archive_path(form, number, None, last) == path


@pytest.mark.parametrize(
    ("first", "last", "paths"),
    [
        (date(2020, 12, 1), date(2020, 12, 20), ("/sitemap/1399/sitemap.xml",)),
        (date(2020, 3, 1), date(2020, 4, 20), ("/sitemap/1399/sitemap.xml", "/sitemap/1398/sitemap.xml")),
        (date(2026, 11, 1), date(2026, 11, 20), ("/sitemap/all/sitemap.xml",)),
    ],
)
def test_sitemaps_are_chosen_by_the_jalali_years_of_the_window(first: date, last: date, paths: tuple[str, ...]) -> None:
    assert spider_class("shabestan")().sitemap_paths(first, last, date(2026, 11, 23)) == paths
