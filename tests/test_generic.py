"""Pages of sites that nobody declared: what is read of them, and which are no articles."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unknown_pages import BODY, LEAD, NEIGHBOURS, TITLE, article, page, paragraphs

from crawler.errors import EmptyPageError, InterstitialError, NotAnArticleError, SoftNotFoundError
from crawler.generic import read_generic
from crawler.page import read_page

URL = "https://www.example.ir/news/204518/پل-تازه"
TEXT = "\n\n".join(BODY)
TEHRAN = ZoneInfo("Asia/Tehran")


def linked_data(**said: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **said})}</script>'


def test_a_page_of_an_unknown_site_is_read_generically() -> None:
    found = read_page(page(article()), URL)
    assert (found.title, found.body, found.news_code) == (TITLE, TEXT, "204518")
    assert (found.agency, found.url, found.language, found.reader) == (None, URL, "fa", "generic/1")
    assert (found.kicker, found.lead, found.tags, found.published) == (None, None, (), None)


@pytest.mark.parametrize(
    "text",
    [
        paragraphs(),
        "<br><br>".join(BODY),
        "".join(f"<div>{one}</div>" for one in BODY),
        "".join(f'<div class="css-x1"><p>{one}</p></div>' for one in BODY),
        f"<div><div><p>{BODY[0]}</p></div></div><p>{BODY[1]}</p>{BODY[2]}",
        paragraphs() + '<div class="share-box"><a href="#">هم‌رسانی</a> این خبر را با دوستان خود در میان بگذارید.</div>',
        paragraphs() + '<ul class="related-posts"><li><a href="/1">خبر همسایه درباره پلی دیگر در روستایی دیگر</a></ul>',
        paragraphs() + "<ul><li><a href=/1>خبر همسایه نخست</a><li><a href=/2>خبر همسایه دوم</a></ul>",
        '<p style="display: none">این بند پنهان است و هیچ خواننده‌ای آن را نمی‌بیند.</p>' + paragraphs(),
        paragraphs() + "<p>کد خبر: ۲۰۴۵۱۸</p><p>لینک کوتاه: https://example.ir/x</p>",
    ],
)  # fmt: skip
def test_the_text_is_found_in_whatever_boxes_it_stands(text: str) -> None:
    assert read_generic(page(article(text)), URL).body == TEXT


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{TITLE}</h1><div class='has-sidebar no-comments'>{paragraphs()}</div>",
        f"<header><h1>{TITLE}</h1></header><main>{paragraphs()}</main>",
        f"<article><h1>{TITLE}</h1><p class='date'>شنبه ۱۵ دی ۱۴۰۳ ساعت ۱۰:۲۰</p>{paragraphs()}</article>",
        f"<div class='print-page'><h1>{TITLE}</h1>{paragraphs()}</div>",
        f"<h1>{TITLE}</h1><div class='tags-and-text'>{paragraphs()}</div>",
    ],
)
def test_names_that_mislead_do_not_hide_the_text(html: str) -> None:
    assert read_generic(page(html), URL).body == TEXT


def test_a_list_within_the_text_stays_and_a_list_of_links_goes() -> None:
    text = paragraphs() + "<ul><li>دهانه پل بیست متر است</li></ul><ol><li><a href='/1'>خبر همسایه</a></li></ol>"
    assert read_generic(page(article(text)), URL).body == f"{TEXT}\n\nدهانه پل بیست متر است"


@pytest.mark.parametrize(
    ("before", "head", "lead"),
    [
        (f'<p class="lead">{LEAD}</p>', "", LEAD),
        (f'<div class="post-summary"><strong>{LEAD}</strong></div>', "", LEAD),
        (f"<h2>{LEAD}</h2>", f'<meta property="og:description" content="{LEAD}">', LEAD),
        ("", f'<meta property="og:description" content="{BODY[0][:40]}…">', None),
        ("", '<meta name="description" content="رسانه روستاهای کوهپایه">', None),
    ],
)
def test_the_lead_is_the_one_that_is_shown(before: str, head: str, lead: str | None) -> None:
    found = read_generic(page(article(before=before), head), URL)
    assert (found.lead, found.body) == (lead, TEXT)


def test_a_line_over_the_title_is_its_kicker() -> None:
    html = page(f'<div><h3 class="up-title">دهیار روستا:</h3>{article()}</div>')
    found = read_generic(html, URL)
    assert (found.kicker, found.title, found.body) == ("دهیار روستا:", TITLE, TEXT)


@pytest.mark.parametrize(
    ("heading", "title", "head"),
    [
        (TITLE, f"{TITLE} | رسانه کوهپایه", ""),
        (TITLE, f"رسانه کوهپایه - {TITLE}", '<meta property="og:site_name" content="رسانه کوهپایه">'),
        ("", f"{TITLE} - کوهپایه نیوز", ""),
        ("", f"خبرگزاری کوهپایه :: {TITLE}", ""),
        ("", "رسانه کوهپایه", f'<meta property="og:title" content="{TITLE}">'),
        ("", "رسانه کوهپایه", linked_data(headline=TITLE)),
        ("رسانه کوهپایه", f"{TITLE} | رسانه کوهپایه", f'<meta property="og:title" content="{TITLE}">'),
    ],
)
def test_the_title_is_without_the_name_of_the_site(heading: str, title: str, head: str) -> None:
    shown = f"<h1>{heading}</h1>" if heading else ""
    html = page(f'{shown}<div class="post-content">{paragraphs()}</div>', head, title=title)
    assert read_generic(html, URL).title == TITLE


@pytest.mark.parametrize(
    ("head", "before"),
    [
        (linked_data(datePublished="2025-01-04T06:50:00Z"), ""),
        ('<meta property="article:published_time" content="2025-01-04T10:20:00+03:30">', ""),
        ('<meta itemprop="datePublished" content="2025-01-04 10:20:00">', ""),
        ("", '<time datetime="2025-01-04T10:20:00+03:30">دیروز</time>'),
        ("", '<span class="post-date">شنبه ۱۵ دی ۱۴۰۳ - ۱۰:۲۰</span>'),
        ("", '<div class="news-info"><span class="publish-time">تاریخ انتشار: ۱۵ دي ۱۴۰۳ ساعت ۱۰:۲۰</span></div>'),
        ("", '<div class="meta"><span class="day-date">۱۵ دی ۱۴۰۳</span><span class="time">۱۰:۲۰</span></div>'),
        (linked_data(datePublished="2025-01-04"), '<span class="date">۱۴۰۳/۱۰/۱۵ ۱۰:۲۰</span>'),
        # What the site calls UTC is the clock of Tehran, as it shows itself.
        (linked_data(datePublished="2025-01-04T10:20:00Z"), '<span class="date">۱۴۰۳/۱۰/۱۵ ۱۰:۲۰</span>'),
    ],
)
def test_it_was_published_when_the_page_says(head: str, before: str) -> None:
    found = read_generic(page(article(before=before), head), URL)
    assert found.published == datetime(2025, 1, 4, 10, 20, tzinfo=TEHRAN)
    assert found.body == TEXT


def test_the_day_at_the_top_of_the_page_is_no_date_of_the_article() -> None:
    assert read_generic(page(article()), URL).published is None


def test_what_json_ld_says_is_read() -> None:
    said = linked_data(
        headline=TITLE, dateModified="2025-01-04T12:00:00+03:30", keywords="پل, روستا", articleSection=["جامعه"],
        author=[{"@type": "Person", "name": "لیلا کوهی"}, {"@type": "Organization", "name": "رسانه کوهپایه"}],
        image={"@type": "ImageObject", "url": "/img/bridge.jpg"}, inLanguage="fa-IR",
    )  # fmt: skip
    found = read_generic(page(article(), said), URL)
    assert (found.tags, found.sections, found.authors) == (("پل", "روستا"), ("جامعه",), ("لیلا کوهی",))
    assert found.image == "https://www.example.ir/img/bridge.jpg"
    assert found.modified == datetime(2025, 1, 4, 12, tzinfo=TEHRAN)


def test_links_to_tags_and_sections_beat_what_the_head_lists() -> None:
    after = '<div class="post-tags"><a href="/t/1">پل‌سازی</a> <a href="/t/2">کوهپایه</a></div>'
    before = (
        '<ol class="breadcrumb"><li><a href="/">خانه</a><li><a href="/s/1">جامعه</a><li><a href="/s/2">روستا</a></ol>'
    )
    head = '<meta name="keywords" content="خبر,رسانه"><meta property="article:section" content="اخبار">'
    found = read_generic(page(before + article(after=after), head), URL)
    assert (found.tags, found.sections, found.body) == (("پل‌سازی", "کوهپایه"), ("جامعه", "روستا"), TEXT)
    found = read_generic(page(article(), head), URL)
    assert (found.tags, found.sections) == (("خبر", "رسانه"), ("اخبار",))


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "datePublished": "2025-01-04T10:20:00+03:30",}',
        '<!-- {"@type": "NewsArticle", "datePublished": "2025-01-04T10:20:00+03:30"} -->',
        '[{"@type": "WebSite"}, {"@type": ["NewsArticle"], "datePublished": "2025-01-04T10:20:00+03:30"}]',
        '{"@graph": [{"@type": "WebPage"}, {"@type": "Article", "datePublished": "2025-01-04T10:20:00+03:30"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "datePublished": "2025-01-04T10:20:00+03:30"}}',
        '{"@type": "Article", "name": "گفت: "بد"", "headline": "x", "datePublished": "2025-01-04T10:20:00+03:30"}',
        '{"@type": "NewsArticle", "headline": "x\n\ty", "datePublished": "2025-01-04T10:20:00+03:30"};',
    ],
)
def test_careless_json_ld_is_read_all_the_same(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    assert read_generic(page(article(), head), URL).published == datetime(2025, 1, 4, 10, 20, tzinfo=TEHRAN)


@pytest.mark.parametrize("script", ["", "null", "[[[", "[" * 5000, '{"@type": 7}', '"NewsArticle"', "{}"])
def test_json_ld_that_says_nothing_does_no_harm(script: str) -> None:
    head = f'<script type="application/ld+json">{script}</script>'
    assert read_generic(page(article(), head), URL).body == TEXT


def test_a_text_that_only_json_ld_holds_is_read_there() -> None:
    html = page(f'<div id="app"><h1>{TITLE}</h1></div>', linked_data(headline=TITLE, articleBody="\n".join(BODY)))
    assert read_generic(html, URL).body == TEXT
    marked_up = page(f"<h1>{TITLE}</h1>", linked_data(articleBody=paragraphs()))
    assert read_generic(marked_up, URL).body == TEXT


@pytest.mark.parametrize(
    ("html", "url", "error"),
    [
        (page(NEIGHBOURS * 3, title="رسانه کوهپایه"), "https://example.ir/", NotAnArticleError),
        (page(f"<p>{TEXT}</p>", title="رسانه کوهپایه"), "https://example.ir", NotAnArticleError),
        (page(f"<h1>اقتصاد</h1>{NEIGHBOURS * 3}"), "https://example.ir/s/economy", NotAnArticleError),
        (page("<h1>تماس با ما</h1><p>نشانی ما</p>", title="تماس"), "https://example.ir/contact", NotAnArticleError),
        (page("<h1>صفحه مورد نظر یافت نشد</h1>"), URL, SoftNotFoundError),
        ("<script>var AR_SiteKey</script><h1>Transferring to the website...</h1>", URL, InterstitialError),
        ("", URL, EmptyPageError),
        ("<html><body><script>1</script></body></html>", URL, EmptyPageError),
        ('{"urls": [{"loc": "https://example.ir/news/1234567890123456789"}]}', URL, NotAnArticleError),
        ("<urlset><url><loc>https://example.ir/news/12345678901234567890</loc></url></urlset>", URL, NotAnArticleError),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, URL, NotAnArticleError),
    ],
)
def test_a_page_without_an_article_is_refused_by_name(
    html: str | bytes, url: str, error: type[NotAnArticleError]
) -> None:
    with pytest.raises(NotAnArticleError) as raised:
        read_generic(html, url)
    assert type(raised.value) is error


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/news/204518/x", "204518"),
        ("/fa/news/12-1402345", "1402345"),
        ("/2024/05/12/نام-خبر/", "/2024/05/12/نام-خبر"),
        ("/news/20240512/نام-خبر", "/news/20240512/نام-خبر"),
        ("/tag/12345", None),
        ("/wp-content/uploads/12345.jpg", None),
        ("/img/12345.jpg", None),
        ("/", None),
    ],
)
def test_the_code_is_the_longest_number_of_the_address_or_its_path(path: str, code: str | None) -> None:
    assert read_generic(page(article(), linked_data(headline=TITLE)), f"https://example.ir{path}").news_code == code


@given(st.binary(max_size=400), st.text(max_size=40))
@settings(max_examples=80, deadline=None)
def test_no_bytes_make_the_generic_reader_fail_otherwise(noise: bytes, url: str) -> None:
    for html in (noise, page(article("@@")).encode().replace(b"@@", noise)):
        with suppress(NotAnArticleError):
            assert read_generic(html, url).reader == "generic/1"


@given(st.integers(0, 3500), st.integers(0, 900), st.binary(max_size=12))
@settings(max_examples=80, deadline=None)
def test_no_mutilated_page_makes_the_generic_reader_fail_otherwise(at: int, length: int, instead: bytes) -> None:
    whole = page(article(), linked_data(headline=TITLE, datePublished="2025-01-04T10:20:00Z")).encode()
    with suppress(NotAnArticleError):
        assert read_page(whole[:at] + instead + whole[at + length :], URL).reader == "generic/1"
