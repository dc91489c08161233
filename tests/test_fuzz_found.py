"""What fuzzing found: each case broke a reader, or kept it busy for seconds or for ever, until it was mended."""

from __future__ import annotations

import gzip
import json

import pytest
from fuzz.promise import hold
from fuzz.targets import TARGETS
from imports import WHOLE
from nastooh_pages import article
from warcs import STORIES, address, answered, capture, page, record

from crawler.agencies import agency, agency_at
from crawler.article_json import article_from_json
from crawler.errors import RefusedError
from crawler.page import read_page
from crawler.text import tidy

HEADING = "<title>نمایشگاه کتاب در یزد</title><h1>نمایشگاه کتاب در یزد</h1>"
TEXT = "نمایشگاه کتاب در باغ شهر برپا شد. " * 20
MARKS = "\u0316\u0301"  # below a letter and above it
ONE = STORIES[0]
CAPTURE = "https://web.archive.org/web/2020/" + address(ONE)
TOOLBAR = b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->"


def linked_data(**said: object) -> str:
    written = json.dumps({"@type": "NewsArticle", "headline": "نمایشگاه کتاب در یزد", **said})
    return f'<html><head><script type="application/ld+json">{written}</script></head><body><p>x</p></body></html>'


def body(said: str) -> str:
    return f'<div class="item-text" itemprop="articleBody"><p>{said}</p></div>'


PAGES = {
    "headings in headings": "<h1>" * 3_000,
    "dates in dates": HEADING + f"<p>{TEXT}</p>" + '<span class="date">' * 2_500,
    "dates in dates beside a long text": '<div class="photo_pub_date">' * 99 + "<br>یک دو سه" * 5_000,
    "links in links in tags": ('<div class="category"><a href="/z/2703">' * 600) + "x" * 20_000,
    "titles in titles around empty elements": '<h1 class="title">' * 99 + "<b></b>" * 20_000 + body("یک"),
    "times that only a calendar's library could read": '<time class="date">7th of December 2020 at 99</time>' * 3_000,
    "an apology and non-joiners": "<h1>صفحه مورد نظر " + "\u200c" * 300,
    "an end mark, strokes and words": body("انتهای پیام " + "/" * 30_000 + " یک دو"),
    "marks without number on one letter": body("ا" + MARKS * 20_000),
    "marks without number in the host of a picture": f'<meta property="og:image" content="http://a{MARKS * 20_000}/x">'
    + body("یک"),
    "spaces without number in a title": f'<meta property="og:title" content="یک {" " * 60_000} دو"><p>یک</p>',
    "an entity of thousands of digits": linked_data(description="&#" + "1" * 5_000),
    "a comment in a lead": f'{HEADING}<div class="lead"><!-- x --><p>نمایشگاه کتاب برپا شد.</p></div><p>{TEXT}</p>',
}


@pytest.mark.parametrize("case", PAGES)
def test_a_page_of(case: str) -> None:
    hold(TARGETS["pages"], f"https://www.example.ir/news/123456\n{PAGES[case]}".encode())


def test_words_that_stand_deeper_than_any_pages_are_read_without_their_elements() -> None:
    deep = "<div>" * 300 + "<p>یک</p><p>دو<b>تا</b></p><script>x()</script>" + "</div>" * 300
    assert read_page(article(f"<p>صفر</p>{deep}<p>سه</p>")).body == "صفر\n\nیک\n\nدوتا\n\nسه"


def test_a_picture_whose_address_holds_half_a_letter_is_none() -> None:
    assert read_page(linked_data(image="http://x/\ud800", articleBody=TEXT)).image is None
    assert read_page(linked_data(image="http://x/1.jpg", articleBody=TEXT)).image == "http://x/1.jpg"


def test_no_more_marks_are_kept_on_a_letter_than_text_streams_allow() -> None:
    assert tidy("ا" + "\u0316" * 2_000) == "ا" + "\u0316" * 30
    assert tidy("ا" + "\u0316" * 40) == "ا" + "\u0316" * 40


LISTINGS = {
    "a leaf of JSON, nested without end": ("sitemaps", b'\x00{"urls":' + b"[" * 100_000),
    "entries in entries, each with a date that nobody can read": (
        "feeds",
        b"\x00<feed>" + b'<entry><link href="https://shabestan.news/news/7"/><published>2020-12-07 x ' * 1_200,
    ),
    "places in places": (
        "sitemaps",
        b"\x00<urlset>" + b"<url><loc>https://shabestan.news/news/7</loc>" * 120 + b"<lastmod>x</lastmod>" * 4_000,
    ),
    "half a letter in a sitemap": ("sitemaps", b"\x00<urlset><url><loc>&#xD800;</loc></url></urlset>"),
    "half a letter in the names of a sitemap": (
        "sitemaps",
        b'\x00<urlset xmlns="x&#xD800;"><url><loc>https://shabestan.news/news/7</loc></url></urlset>',
    ),
    "half a letter in a feed": ("feeds", b'\x00<rss><item><link href="&#xDFFF;">x</link></item></rss>'),
    "half a letter in a list that is served as XML": (
        "archives",
        b'\x00\x01<body><section class="box list"><li><h3><a href="/news/7/&#xD800;">x</a></h3></li></section></body>',
    ),
    "items in items": ("archives", b"\x01\x00<body>" + b'<article class="list-item"><a href="/x">' * 2_500),
}


@pytest.mark.parametrize("case", LISTINGS)
def test_a_listing_of(case: str) -> None:
    name, data = LISTINGS[case]
    hold(TARGETS[name], data)


@pytest.mark.parametrize(
    ("url", "code", "canonical"),
    [
        ("https://digiato.com//evil.example/a/123456", "123456", "https://digiato.com//evil.example/a/123456"),
        ("https://digiato.com//[x/a/123456#b", "123456", "https://digiato.com//[x/a/123456"),
        ("https://digiato.com/}/a", "/%7D/a", "https://digiato.com/%7D/a"),
        ("https://digiato.com/%7D/a", "/%7D/a", "https://digiato.com/%7D/a"),
    ],
)
def test_whatever_its_path_an_article_stands_on_its_agencys_home_under_one_code(
    url: str, code: str, canonical: str
) -> None:
    assert agency("digiato").code_of(url) == code
    assert agency("digiato").canonical(url) == canonical


def test_an_address_of_tens_of_thousands_of_letters_that_must_be_encoded() -> None:
    hold(TARGETS["addresses"], b"https://www.example.ir/" + b"{" * 100_000)


@pytest.mark.parametrize(
    ("folder", "letters", "code", "kept_in"),
    [
        ("news", 8_000, "1787201", "news"),
        ("amp", 7_999, "1787201", "news"),
        ("amp", 8_000, "1787201", "amp"),  # with the letter that "news" has more than "amp" it would be too long
        ("news", 8_001, None, "news"),
        ("news", 200_000, None, "news"),
    ],
)
def test_a_path_longer_than_servers_take_names_no_article(
    folder: str, letters: int, code: str | None, kept_in: str
) -> None:
    slug = "x" * (letters - len(f"/fa/{folder}/1787201/"))
    url = f"https://www.tabnak.ir/fa/{folder}/1787201/{slug}"
    assert agency("tabnak").code_of(url) == code
    assert agency("tabnak").canonical(url) == f"https://www.tabnak.ir/fa/{kept_in}/1787201/{slug}"


@pytest.mark.parametrize(
    ("host", "path"), [("-1" * 200, "/1news/%DA%A9"), ("a." * 149, "/news/7/%DA%A9"), ("a." * 150, "/news/7/%DA%A9")]
)
def test_a_host_is_as_long_before_a_letter_is_decoded_as_after_it(host: str, path: str) -> None:
    hold(TARGETS["addresses"], f"http://{host}{path}".encode())


def test_a_host_of_thousands_of_marks_is_nobodys() -> None:
    hold(TARGETS["addresses"], f"https://a{MARKS * 30_000}.ir/news/7".encode())
    assert agency_at(f"https://shabestan.news{MARKS * 200}/news/7") is None


def memento(written: str) -> bytes:
    return record(CAPTURE, answered(page(ONE), ("Memento-Datetime", written)))


WARC = {
    "a capture before the first day that there is": capture(ONE, at="0001-01-01T00:00:00+14:00"),
    "a capture after the last day that there is": capture(ONE, at="9999-12-31T23:59:59-12:00"),
    "a memento of no zone": memento("Mon, 07 Dec 2020 08:30:00 -0000"),
    "a memento of a year without end": memento("Mon, 07 Dec 99999999999999 08:30:00 GMT"),
    "toolbars that begin and do not end": record(
        CAPTURE.replace("2020", "20201207083000", 1), answered(page(ONE) + TOOLBAR * 20_000)
    ),
}


@pytest.mark.parametrize("case", WARC)
def test_a_warc_file_of(case: str) -> None:
    hold(TARGETS["warc"], WARC[case])
    hold(TARGETS["warc"], gzip.compress(WARC[case]))


@pytest.mark.parametrize("key", ["published", "modified"])
@pytest.mark.parametrize("written", ["0001-01-02T00:00:00+03:30", "0700-01-01T00:00:00Z", "9999-12-30T23:59:59+03:30"])
def test_an_article_of_no_year_of_news_is_refused_by_name(key: str, written: str) -> None:
    with pytest.raises(RefusedError, match=f"^The article's {key} is a time like"):
        article_from_json(WHOLE | {key: written})
