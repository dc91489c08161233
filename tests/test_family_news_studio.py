"""News-Studio's addresses, short and long, and its feed."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.agencies import Agency
from crawler.families import NewsStudio
from crawler.listing import Reader
from crawler.page import read_page
from crawler.urls import Home

HOME = "https://www.jahannews.com"
AGENCY = Agency(name="x", title="x", home=HOME, family="news_studio")
READER = Reader(AGENCY, Home(HOME))


@pytest.mark.parametrize(
    ("path", "code", "canonical"),
    [
        ("/news/912345/%D9%BE%D9%84?ref=1", "912345", "/news/912345/پل"),
        ("/fa/doc/news/912345/x", "912345", "/fa/doc/news/912345/x"),
        ("/gallery/870500", "870500", "/gallery/870500"),
        ("/vdcb8wb8zrhbg8p.uiur.html", "vdcb8wb8zrhbg8p.uiur", "/vdcb8wb8zrhbg8p.uiur.html"),
        ("/c/12", None, "/c/12"),
        ("/tag/912345", None, "/tag/912345"),
    ],
)
def test_an_address_of_either_form_has_its_code(path: str, code: str | None, canonical: str) -> None:
    assert AGENCY.code_of(HOME + path) == code
    assert AGENCY.canonical(HOME + path) == HOME + canonical


def test_the_feed_of_everything_has_the_familys_name_for_it() -> None:
    assert NewsStudio.feeds == ("/rssb5.-er48r6--4qhfle2m.puirug.r.xml",)
    feed = """<rss version="2.0"><channel><item><title>پل</title><link>https://www.jahannews.com/news/912345/پل</link>
    <pubDate>Sat, 13 Dec 2025 09:49:00 GMT</pubDate></item></channel></rss>"""
    links = READER.feed(feed.encode(), f"{HOME}{NewsStudio.feeds[0]}")
    assert [(link.news_code, link.day) for link in links] == [("912345", date(2025, 12, 13))]


def test_a_page_of_nobody_is_known_by_its_boxes_and_not_by_what_was_pasted_into_them() -> None:
    pasted = '<article id="item"><div class="item-text" itemprop="articleBody"><p>یک</p></div></article>'
    found = read_page(f'<h1 id="docDiv3TitrMain">تیتر</h1><div id="doctextarea">{pasted}<p>دو</p></div>')
    assert (found.reader, found.title, found.body) == ("news_studio/1", "تیتر", "یک\n\nدو")
