"""Where each field was found."""

from __future__ import annotations

from pathlib import Path

import pytest
from nastooh_pages import article
from unknown_pages import BODY, TITLE, paragraphs
from unknown_pages import article as unknown_article
from unknown_pages import page as unknown_page

from crawler.document import noting, parse
from crawler.errors import NotAnArticleError
from crawler.explaining import explain_page
from crawler.page import read_page

WHOLE = Path(__file__).parent / "pages" / "shabestan" / "news-with-everything.html"
URL = "https://shabestan.news/news/1787201/x"


def test_every_field_of_a_known_page_has_its_place() -> None:
    html = WHOLE.read_bytes()
    found, where = explain_page(html, URL)
    assert found == read_page(html, URL)
    assert where["reader"] == "the generator «www.nastooh.ir»"
    assert (where["title"], where["body"], where["lead"]) == ("h1.title", "div.item-text", "p.introtext")
    assert (where["kicker"].split(",")[0], where["url"]) == ("h4.kicker", "address")
    assert (where["news_code"], where["published"]) == ("meta nastooh:code", "meta article:published_time")
    silent = {name for name in ("authors", "place", "modified") if not getattr(found, name)}
    assert silent.isdisjoint(where)


@pytest.mark.parametrize(
    ("head", "before", "field", "place"),
    [
        ('<meta property="og:title" content="کتاب نو">', "", "title", "meta og:title"),
        ("<title>کتاب نو</title>", "", "title", "head > title"),
        ("", '<h1 class="title">کتاب نو</h1>', "title", "h1.title"),
        ("", '<div class="item-date">۱۵ دی ۱۴۰۳ - ۱۰:۲۰</div>', "published", "div.item-date"),
        ('<meta name="keywords" content="کتاب">', "", "tags", "meta keywords"),
        ('<meta property="og:image" content="https://x.ir/1.jpg">', "", "image", "meta og:image"),
        ("", '<div class="item-code">کد خبر: ۱۲۳۴۵</div>', "news_code", "div.item-code"),
    ],
)
def test_a_place_is_a_selector_or_a_meta(head: str, before: str, field: str, place: str) -> None:
    assert explain_page(article("<p>یک</p>", head, before=before))[1][field] == place


def test_the_generic_reader_tells_its_places_too() -> None:
    head = '<script type="application/ld+json">{"@type": "Article", "datePublished": "2025-01-04T10:20:00Z"}</script>'
    found, where = explain_page(unknown_page(unknown_article(), head), "https://unknown.example/news/204518")
    assert found.body == "\n\n".join(BODY)
    assert where == {
        "reader": "no family is known by this page",
        "news_code": "address",
        "url": "address",
        "title": "<h1>",
        "body": "generic: the prose of div.post-content",
        "published": "JSON-LD datePublished",
        "language": "html[lang]",
    }


def test_a_known_family_with_an_unknown_theme_has_its_text_from_the_generic_reader() -> None:
    html = unknown_page(unknown_article(), '<meta name="generator" content="www.nastooh.ir">')
    _, where = explain_page(html, URL)
    assert (where["body"], where["reader"]) == (
        "generic: the prose of div.post-content",
        "the generator «www.nastooh.ir»",
    )


def test_a_fragment_is_read_by_its_agencys_family() -> None:
    html = f'<h1 class="title">{TITLE}</h1><section itemprop="articleBody">{paragraphs()}</section>'
    _, where = explain_page(html, URL)
    assert (where["body"], where["reader"]) == ("[itemprop=articleBody]", "the agency's family, by its address")


def test_what_is_no_article_is_refused_here_too() -> None:
    with pytest.raises(NotAnArticleError):
        explain_page("<h1>404</h1>", URL)


def test_notes_are_taken_only_while_they_are_asked_for() -> None:
    page = parse('<meta name="a" content="x"><meta name="b" content="">')
    with noting() as notes:
        assert (page.meta("c", "a"), page.meta("b")) == ("x", None)
    page.meta("a")
    assert notes == ["meta a"]
