"""What a page dictionary is made of: the looks that pages share, and not a sentence of an article."""

from __future__ import annotations

import time

import pytest
from example_pages import SITE, ask

from bayegan.archive.pages.templates import Sample, says_any, sentences, template
from crawler.text import glued

PAGE = """<!DOCTYPE html><html lang="fa"><head><link rel="stylesheet" href="/resources/theme/main.css"/></head>
<body class="news nt-news rtl"><nav class="menu"><a href="/service/Politics">سیاسی</a></nav>
<article class="item item-page">{text}</article><aside class="box latest">{aside}</aside></body></html>"""
KEPT = (b'<body class="news nt-news rtl">', "سیاسی".encode(), b'href="/resources/theme/main.css"', b"</aside></body>")
OK = 200
HEADLINE = "سه کتابخانه تازه در شهر شیراز ساخته می\u200cشود"
ENGLISH = "Three new libraries will be built in Shiraz"


def pages(aside: str = "", *, names: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> list[Sample]:
    """Sixteen pages with a text each and an aside that they all share."""
    bodies = [PAGE.format(text=f"<p>متن شماره {n} از این خبرها.</p>", aside=aside).encode() for n in range(16)]
    return [Sample(body, names, texts) for body in bodies]


def stories() -> dict[str, bytes]:
    """The articles' pages of the example site, by code."""
    found = {one.code: ask(f"/news/{one.code}") for one in SITE.stories}
    return {code: response.body for code, response in found.items() if response.status == OK}


def test_what_pages_share_is_kept_and_what_each_says_is_not() -> None:
    found = template(pages())
    assert [part for part in KEPT if part not in found] == []
    assert "متن".encode() not in found


@pytest.mark.parametrize(
    ("aside", "hidden"),
    [
        pytest.param(f"<a>{HEADLINE}</a>", "کتابخانه", id="a headline that all pages show"),
        pytest.param(f"<img alt='{HEADLINE}'/>", "کتابخانه", id="an attribute"),
        pytest.param("<a href='/news/1001756/سه-کتابخانه-تازه-در-شیراز'>", "کتابخانه", id="an address"),
        pytest.param("<a href='/n/%D8%B3%D9%87-%DA%A9%D8%AA%D8%A7%D8%A8'>", "%D8%B3", id="an escaped address"),
        pytest.param("<a href='/three-new-libraries-in-shiraz'>", "libraries", id="an address in English"),
        pytest.param("<a href='/news/1001756'>", "1001756", id="the code of an article"),
        pytest.param(f"<p>{ENGLISH}</p>", "libraries", id="English"),
        pytest.param("<p>&#1705;&#1578;&#1575;&#1576; &#1578;&#1575;&#1586;&#1607;</p>", "&#1705;", id="code points"),
        pytest.param("<p>می&zwnj;خواهم به خانه بروم</p>", "خانه", id="words parted by entities"),
        pytest.param(f"<!-- {HEADLINE} -->", "کتابخانه", id="a comment"),
        pytest.param(f"<!-- {HEADLINE}", "کتابخانه", id="a comment without an end"),
        pytest.param(
            f'<script type="application/ld+json">{{"headline": "{HEADLINE}"}}</script>', "کتابخانه", id="JSON"
        ),
        pytest.param(r'<script>x = "\u06a9\u062a\u0627\u0628";</script>', r"\u06a9", id="JSON with escapes"),
        pytest.param(f"<script>x = '{ENGLISH}';</script>", "libraries", id="a literal in English"),
        pytest.param(f"<a title={HEADLINE}>", "کتابخانه", id="an attribute without quotes"),
    ],
)
def test_what_all_pages_say_is_left_out_however_it_is_written(aside: str, hidden: str) -> None:
    assert hidden.encode() in pages(aside)[0].body
    found = template(pages(aside))
    assert hidden.encode() not in found
    assert KEPT[0] in found


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16-le", "utf-16-be"])
def test_another_encoding_hides_nothing(encoding: str) -> None:
    said = HEADLINE.replace("\u200c", "").replace("ی", "ي").encode(encoding)
    samples = [Sample(b"<p class='x'>" + said + b"</p>" * 3, (), ()) for _ in range(16)]
    assert template(samples) == b"<p class='x'>" + b"</p>" * 3


def test_a_short_name_of_an_article_is_no_label() -> None:
    aside = "<a rel='tag'>مریم رضایی</a><a rel='tag'>میراث فرهنگی</a>"
    found = template(pages(aside, names=("مريم رضائي",)))
    assert "رضایی".encode() not in found
    assert "میراث فرهنگی".encode() in found


def test_a_sentence_that_slips_through_in_parts_takes_all_letters_with_it() -> None:
    aside = "<b>سه کتابخانه</b> <b>تازه در</b> <b>شهر شیراز</b> <b>ساخته می\u200cشود</b>"
    assert "کتابخانه".encode() in template(pages(aside))
    found = template(pages(aside, texts=(f"{HEADLINE}. و دیگر هیچ.",)))
    assert found.isascii()
    assert KEPT[0] in found


def test_no_sentence_of_any_article_of_the_example_site_stands_in_its_dictionary() -> None:
    served = stories()
    told = {one.code: one for one in SITE.stories if one.code in served}
    samples = [Sample(served[code], (one.title, *one.tags), one.paragraphs) for code, one in told.items()]
    found = template(samples[-16:])  # the site's sidebars name articles that are not among them
    said = {
        sentence
        for one in SITE.stories
        for text in (one.title, one.kicker, one.lead, *one.paragraphs)
        for sentence in sentences(text or "")
    }
    assert len(found) > 20_000
    assert len(said) > 200
    assert not says_any(found, said)
    text = glued(found.decode())
    assert [one.title for one in SITE.stories if glued(one.title) in text] == []


@pytest.mark.parametrize("markup", [b"<script", b"<", b"<!--", b"<a '", b"a-", b"'", b"</script   ", b"&#1705;"])
def test_no_page_takes_long(markup: bytes) -> None:
    samples = [Sample(markup * (300_000 // len(markup)), (HEADLINE,), (ENGLISH,))] * 4
    began = time.perf_counter()
    template(samples)
    assert time.perf_counter() - began < 5
