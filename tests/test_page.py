"""Reading a page: saved pages with their reviewed JSON, what is no article, and pages that are broken."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nastooh_pages import article

from crawler import reading
from crawler.article_json import article_json
from crawler.document import parse
from crawler.errors import EmptyPageError, InterstitialError, NotAnArticleError, SoftNotFoundError
from crawler.markup import NASTOOH
from crawler.page import read_page

PAGES = Path(__file__).parent / "pages"
SAVED = sorted(PAGES.glob("*/*.json"))
READERS = {"nastooh/1", "nastooh/1+generic/1", "generic/1"}  # of what is left of a page of Nastooh
WHOLE = (PAGES / "shabestan" / "news-with-everything.html").read_bytes()


def as_json(html: bytes, url: str) -> dict[str, Any]:
    """What a saved page's JSON says: the article, or the name of the error."""
    try:
        return article_json(read_page(html, url))
    except NotAnArticleError as error:
        return {"error": type(error).__name__, "url": url}


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_saved_page_reads_as_its_json_says(saved: Path) -> None:
    expected = json.loads(saved.read_text(encoding="utf-8"))
    found = as_json(saved.with_suffix(".html").read_bytes(), expected["url"])
    differ = {
        field: {"expected": expected.get(field), "found": found.get(field)}
        for field in {**expected, **found}
        if expected.get(field) != found.get(field)
    }
    assert not differ, f"{saved.stem}: {', '.join(differ)}\n{json.dumps(differ, ensure_ascii=False, indent=2)}"


def test_there_are_saved_pages() -> None:
    assert len(SAVED) >= 13


def test_a_head_alone_is_an_article_with_what_it_says() -> None:
    head = WHOLE[: WHOLE.index(b"</head>")]
    found = read_page(head)
    assert (found.news_code, found.body, found.kicker) == ("1787201", None, None)
    assert found.title == "کتابخانه\u200cهای روستایی فارس به شبکه امانت پیوستند"
    assert found.lead is not None
    assert found.lead.startswith("مدیرکل")
    assert found.sections == ("استان\u200cها", "فارس")


def test_what_only_the_head_says_is_tidied_too() -> None:
    head = '<meta property="nastooh:code" content="7123"><meta property="og:title" content=" كتاب\n نو ">'
    found = read_page(head + '<meta name="description" content="علي  گفت">')
    assert (found.title, found.lead) == ("کتاب نو", "علی گفت")
    named = '<meta property="nastooh:code" content="7123"><title>کتاب نو - شبستان\n</title>'
    assert read_page(named + '<meta property="og:site_name" content="شبستان">').title == "کتاب نو"


def test_a_body_alone_is_an_article_with_nothing_else() -> None:
    found = read_page('<div class="item-text" itemprop="articleBody"><p>یک</p></div>')
    assert article_json(found) == {
        "agency": None, "news_code": None, "url": None, "title": None, "kicker": None, "lead": None, "body": "یک",
        "tags": [], "sections": [], "authors": [], "place": None, "published": None, "published_jalali": None,
        "modified": None, "image": None, "kind": "text", "language": None, "reader": "nastooh/1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("html", "error"),
    [
        ("", EmptyPageError),
        (" \n\t\x00 ", EmptyPageError),
        (b"\xef\xbb\xbf", EmptyPageError),
        ("<html><head></head><body> </body></html>", EmptyPageError),
        ("<!-- nothing -->", EmptyPageError),
        ("<script>var AR_SiteKey = 1</script><h1>Transferring to the website...</h1>", InterstitialError),
        ("<title>Transferring to the website</title><script src=arvanRecaptcha></script>", InterstitialError),
        ("<title>صفحه مورد نظر یافت نشد</title><p>برگردید</p>", SoftNotFoundError),
        ("<h1>404 - Page not found</h1>", SoftNotFoundError),
        ("<body class='rtl pt-error nt-'><meta name=generator content=www.nastooh.ir><p>خطا</p>", SoftNotFoundError),
        (article().replace("</article>", "<h1 class=title>خبر مورد نظر یافت نشد</h1></article>"), SoftNotFoundError),
        ('<meta property="nastooh:pageType" content="home"><h1 class="title">خانه</h1>', NotAnArticleError),
        ('<body class="pt-archive"><meta name=generator content=www.nastooh.ir><li class=news>', NotAnArticleError),
        (article(), EmptyPageError),
        (article(before="<ul><li>نام</li></ul>").replace("item-text", "x"), EmptyPageError),
        ("<h1>خبری از سایتی دیگر</h1><p>متن</p>", NotAnArticleError),
        ("plain words", NotAnArticleError),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NotAnArticleError),
        ('{"urls": []}', NotAnArticleError),
    ],
)
def test_what_is_no_article_is_refused_by_name(html: str | bytes, error: type[NotAnArticleError]) -> None:
    with pytest.raises(NotAnArticleError) as raised:
        read_page(html, "https://shabestan.news/news/7/x")
    assert type(raised.value) is error
    assert str(raised.value).endswith(".")


def test_an_agency_may_keep_one_thing_elsewhere() -> None:
    page = parse('<article id="item"><div class="item-text">یک</div><div class="body_news">دو</div></article>')
    own = replace(NASTOOH.page, body=".body_news")
    found = reading.reading(page, NASTOOH, own, ("", ""))
    assert reading.prose(found, []) == ["دو"]


@pytest.mark.parametrize(
    "encoded",
    [
        article("<p>یک‌دو</p>").encode(),
        b"\xef\xbb\xbf" + article("<p>یک‌دو</p>").encode(),
        article("<p>یک‌دو</p>").encode("utf-16"),
        article("<p>یک‌دو</p>", '<meta charset="utf-16">').encode(),
        article("<p>یک‌دو</p>", '<meta charset="no-such-thing">').encode(),
        article("<p>يک‌دو</p>", '<meta charset="windows-1256">').encode("windows-1256", "xmlcharrefreplace"),
        article("<p>یک\x00‌دو</p>").encode(),
    ],
)
def test_bytes_are_read_in_the_encoding_that_they_declare(encoded: bytes) -> None:
    assert read_page(encoded).body == "یک\u200cدو"


def test_bytes_that_cannot_be_read_lose_one_letter_and_no_more() -> None:
    broken = article("<p>یک @ دو</p>").encode().replace(b"@", b"\xff")
    assert read_page(broken).body == "یک \ufffd دو"


def test_half_a_character_does_not_stop_the_reader() -> None:
    assert read_page(article("<p>یک \ud800 دو</p>")).body == "یک ? دو"


def test_boxes_nested_without_end_are_read() -> None:
    deep = "<div>" * 1500 + "یک" + "</div>" * 1500
    assert read_page(article(deep)).body == "یک"


def test_reading_loads_no_scrapy() -> None:
    code = (
        "import sys; from crawler.page import read_page; "
        f"read_page({WHOLE!r}, 'https://shabestan.news/news/1787201/x'); "
        "sys.exit(any(name.split('.')[0] in {'scrapy', 'twisted'} for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_the_reader_fail_otherwise(noise: bytes) -> None:
    for html in (noise, article("<p>یک</p>").encode().replace("یک".encode(), noise)):
        with suppress(NotAnArticleError):
            assert read_page(html, "https://shabestan.news/news/7").reader in READERS


@given(st.integers(0, len(WHOLE)), st.integers(0, 600), st.binary(max_size=12), st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_no_mutilated_page_makes_the_reader_fail_otherwise(at: int, length: int, instead: bytes, url: str) -> None:
    html = WHOLE[:at] + instead + WHOLE[at + length :]
    with suppress(NotAnArticleError):
        assert read_page(html, url).reader in READERS
