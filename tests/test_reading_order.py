"""Which reader reads a page: the markup before the domain, the agency's selectors before the generic reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from nastooh_pages import article
from unknown_pages import BODY, NEIGHBOURS, TITLE, paragraphs
from unknown_pages import article as unknown_article
from unknown_pages import page as unknown_page

from crawler import agencies, recognition
from crawler.document import parse
from crawler.errors import NotAnArticleError
from crawler.markup import NASTOOH, Dated, Markup, Selectors
from crawler.opening import Opened
from crawler.page import read_page
from crawler.reading import prose
from crawler.recognition import Known, recognise
from crawler.urls import Scheme

SHABESTAN = "https://shabestan.news/news/1787201/x"
ILNA = "https://www.ilna.ir/بخش-جامعه-5/1737101-x"
SAMANEH = (
    f'<html><head><title>{TITLE}</title></head><body><div class="title"><h1 class="title">{TITLE}</h1></div>'
    '<div class="news_nav news_id_c">کد خبر: ۱۲۳۴۵۶</div>'
    f'<div class="body" id="newsMainBody">{paragraphs()}</div></body>'
)
ASAM = (
    f"<html><head><title>{TITLE}</title></head><body><article id='news_page_article'><h1 class='title'>{TITLE}</h1>"
    f"<div class='article_body'><div id='echo_details'>{paragraphs()}</div></div></article></body>"
)
UNMARKED = f'<h1 class="title">{TITLE}</h1><section itemprop="articleBody">{paragraphs()}</section>'
PASTED = '<div class="item-text" itemprop="articleBody">یک</div>'
TEXT = "\n\n".join(BODY)


@pytest.mark.parametrize(
    ("html", "url", "agency", "reader"),
    [
        (article(paragraphs()), SHABESTAN, "shabestan", "nastooh/1"),
        (article(paragraphs()), "", None, "nastooh/1"),
        (article(paragraphs()), "https://unknown.example/news/1787201", None, "nastooh/1"),
        (SAMANEH, "https://www.tabnak.ir/fa/news/123456/x", "tabnak", "iran_samaneh/1"),
        # The site has moved to another family, and its file does not know yet.
        (SAMANEH, ILNA, "ilna", "iran_samaneh/1"),
        (article(paragraphs()), ILNA, "ilna", "nastooh/1"),
        (ASAM, ILNA, "ilna", "asam/1"),
        (ASAM, "https://www.tabnak.ir/fa/news/123456/x", "tabnak", "asam/1"),
        # Nothing says of which family it is, and the agency's selectors find title and text.
        (UNMARKED, SHABESTAN, "shabestan", "nastooh/1"),
        (f'<div class="item-text">{paragraphs()}</div>', SHABESTAN, "shabestan", "nastooh/1"),
        # The site was redesigned, or is nobody's.
        (unknown_page(unknown_article()), SHABESTAN, "shabestan", "generic/1"),
        (unknown_page(unknown_article()), "https://unknown.example/news/1787201", None, "generic/1"),
    ],
)  # fmt: skip
def test_the_markup_says_who_reads(html: str, url: str, agency: str | None, reader: str) -> None:
    found = read_page(html, url)
    assert (found.agency, found.body, found.reader) == (agency, TEXT, reader)


def test_a_redesigned_site_keeps_its_codes_and_addresses() -> None:
    found = read_page(unknown_page(unknown_article()), SHABESTAN + "?ref=feed#top")
    assert (found.news_code, found.url) == ("1787201", SHABESTAN)


def test_a_theme_that_its_family_does_not_know_is_read_with_the_generic_text() -> None:
    html = unknown_page(unknown_article(), '<meta name="generator" content="www.nastooh.ir">')
    found = read_page(html, SHABESTAN)
    assert (found.title, found.body, found.reader) == (TITLE, TEXT, "nastooh/1+generic/1")


@pytest.mark.parametrize("html", [NEIGHBOURS * 3, "<h1>خانه</h1>", f'<div class="title">{TITLE}</div>{NEIGHBOURS}'])
def test_a_home_page_of_a_known_agency_is_no_article(html: str) -> None:
    themed = unknown_page(html, '<link rel="stylesheet" href="/client/themes/fa/main/css/a.css">', title="تابناک")
    with pytest.raises(NotAnArticleError):
        read_page(themed, "https://www.tabnak.ir/fa")


def test_text_pasted_from_another_family_does_not_make_the_page_one_of_it() -> None:
    pasted = f'<div class="item-text" itemprop="articleBody">{BODY[1]}</div>'
    found = read_page(SAMANEH.replace(paragraphs(), paragraphs(BODY[0]) + pasted))
    assert (found.reader, found.body) == ("iran_samaneh/1", f"{BODY[0]}\n\n{BODY[1]}")


OTHER = Markup(
    name="other",
    version=3,
    scheme=Scheme(patterns=(r"/a/(?P<code>\d+)",)),
    page=Selectors(),
    generator="other cms",
    prefix="oth:",
    assets=("/othercms/",),
    body=("oth-",),
    marks=("div.oth-box", "p.own[data-x='a,b'], section.a > div.b"),
)


@pytest.mark.parametrize(
    ("html", "evidence"),
    [
        ('<meta name="generator" content="Other CMS 2">', "the generator «Other CMS 2»"),
        ('<meta property="oth:code" content="7">', "the meta «oth:code»"),
        ('<script src="/static/othercms/a.js"></script>', "the address «/static/othercms/a.js»"),
        ('<link rel="stylesheet" href="//x.ir/othercms/a.css">', "the address «//x.ir/othercms/a.css»"),
        ('<body class="rtl oth-news"><p>یک</p></body>', "the class «oth-news» of the body"),
        ('<div class="big oth-box">یک</div>', "the box «div.oth-box»"),
        ('<p class="own" data-x="a,b">یک</p>', "the box «p.own[data-x='a,b']»"),
        ('<section class="a"><div class="b">یک</div></section>', "the box «section.a > div.b»"),
        # The head speaks louder than boxes, and the outer box than the inner.
        (f'<meta name="generator" content="Other CMS">{PASTED}', "the generator «Other CMS»"),
        (f'<div class="oth-box">{PASTED}</div>', "the box «div.oth-box»"),
        ('<p class="own">یک</p>', None),
        ('<section class="a"></section><div class="b"></div>', None),
        ('<meta name="generator" content="WordPress"><div class="oth-box">یک</div>', None),
        ('<div class="body"><div class="oth-box">یک</div></div>', None),
    ],
)  # fmt: skip
def test_a_family_is_known_by_its_fingerprints(
    monkeypatch: pytest.MonkeyPatch, html: str, evidence: str | None
) -> None:
    monkeypatch.setattr(recognition, "MARKUPS", (NASTOOH, OTHER))
    assert recognise(parse(html)) == (Known(OTHER, evidence) if evidence else None)


def test_of_two_families_the_agencys_own_is_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "MARKUPS", (NASTOOH, OTHER))
    page = parse('<div class="oth-box">یک</div><div class="item-text" itemprop="articleBody">دو</div>')
    assert [known and known.markup.name for known in (recognise(page, "other"), recognise(page, "nastooh"))] == [
        "other",
        "nastooh",
    ]


YESTERDAY = Dated(until=date(2015, 3, 20), page=Selectors(body="div.oldest", date=".day"))
LATER = Dated(until=date(2020, 3, 19), page=Selectors(body="div.older", date=".date"))
BOXES = '<div class="oldest">کهن</div><div class="older">قدیم</div><div class="item-text">امروز</div>'


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ('<i class="day">۲۹ اسفند ۱۳۹۳ - ۲۳:۵۹</i>', "کهن"),
        ('<i class="day">۱ فروردین ۱۳۹۴ - ۰۰:۰۰</i>', "قدیم"),
        ('<i class="date">۲۹ اسفند ۱۳۹۸</i>', "قدیم"),
        ('<i class="date">۱ فروردین ۱۳۹۹</i>', "امروز"),
        ('<meta property="article:published_time" content="2015-03-20T20:29:00Z">', "کهن"),
        ('<meta property="article:published_time" content="2015-03-20T20:31:00Z">', "قدیم"),
        ("", "امروز"),
    ],
)
@pytest.mark.parametrize("past", [(YESTERDAY, LATER), (LATER, YESTERDAY)])
def test_an_old_page_is_read_by_the_selectors_of_its_day(past: tuple[Dated, ...], shown: str, text: str) -> None:
    markup = replace(NASTOOH, page=replace(NASTOOH.page, past=past))
    r = Opened(parse(f"{shown}<p>{BOXES}</p>"), None, ("", ""), Known(markup, "")).reading()
    assert r is not None
    assert prose(r, []) == [text]


def test_the_day_may_stand_in_the_address() -> None:
    tasnim = agencies.agency("tasnim")
    css = Selectors(body="div.item-text", past=(LATER,))
    for url, text in (("/fa/news/1398/12/29/2200000/x", "قدیم"), ("/fa/news/1399/01/01/2200001/x", "امروز")):
        known = Known(replace(NASTOOH, page=css), "")
        r = Opened(parse(BOXES), tasnim, (f"https://www.tasnimnews.com{url}", ""), known).reading()
        assert r is not None
        assert prose(r, []) == [text]
