"""Reading a page: saved pages with their reviewed JSON, what is no article, and pages that are broken."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import reading
from crawler.article_json import article_json
from crawler.document import parse
from crawler.errors import EmptyPageError, InterstitialError, NotAnArticleError, SoftNotFoundError
from crawler.markup import NASTOOH
from crawler.page import read_page

PAGES = Path(__file__).parent / "pages"
SAVED = sorted(PAGES.glob("*/*.json"))
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


def article(body: str = "", head: str = "", *, before: str = "", after: str = "") -> str:
    """A page of the family with one article; ``before`` and ``after`` stand beside its text."""
    return (
        f'<html><head><meta name="generator" content="www.nastooh.ir">{head}</head><body><article id="item">{before}'
        f'<div class="item-body"><div class="item-text" itemprop="articleBody">{body}</div></div>{after}</article>'
        "</body></html>"
    )


@pytest.mark.parametrize(
    ("markup", "body"),
    [
        ("<p>یک</p><p>دو</p>", "یک\n\nدو"),
        ("یک<p>دو</p>سه", "یک\n\nدو\n\nسه"),
        ("<p>یک<br>دو<br/><br />سه</p>", "یک\n\nدو\n\nسه"),
        ("<div>یک<div>دو</div>سه</div>", "یک\n\nدو\n\nسه"),
        ("<ul><li>یک</li><li><p>دو</p></li></ul>", "یک\n\nدو"),
        ("<dl><dt>یک</dt><dd>دو</dd></dl>", "یک\n\nدو"),
        ("<h2>یک</h2>دو<hr>سه", "یک\n\nدو\n\nسه"),
        ("<p>یک<p>دو<p>سه", "یک\n\nدو\n\nسه"),
        ("<p><span>بنی</span>هاشم و <b>ک</b>تاب</p>", "بنیهاشم و کتاب"),
        ("<p>به گزارش<a> خبرنگار</a>، او</p>", "به گزارش خبرنگار، او"),
        ("<p>می<span>\u200c</span>رود و می&zwnj;آید</p>", "می\u200cرود و می\u200cآید"),
        ("<p>یک&nbsp;&nbsp;\n دو</p><p>&nbsp;</p><p>\u200c</p><p></p>", "یک دو"),
        ("<p>&#1740&#1705 و &#x62f;&#x648;</p>", "یک و دو"),
        ("<p>یک</p><!-- <p>پنهان</p> -->دو<?php پنهان ?>", "یک\n\nدو"),
        ("<p>یک</p><p>یک</p>", "یک\n\nیک"),
        ("<p>یک</p><p>انتهای پیام/</p>", "یک\n\nانتهای پیام/"),
        ("<p>كتاب علي</p>", "کتاب علی"),
        ("<table><tr><td>یک<td>دو<tr><td>سه<td><p>چهار</p><p>پنج</p></table>", "یک دو\n\nسه چهار پنج"),
        ("<table><caption>جدول</caption><tr><th>یک<th>دو</table>", "جدول\n\nیک دو"),
        ("<table><tr><td><img alt='عکس'></td><td><p>یک</p><p>دو</p></td></tr></table>", "یک\n\nدو"),
        ("<table><tr><td><table><tr><td>یک<td>دو</table></td></tr></table>", "یک دو"),
        ("<center><font color=red>یک</font></center>دو", "یک\n\nدو"),
        ("<pre>یک</pre><address>دو</address>", "یک\n\nدو"),
    ],
)
def test_a_body_of_any_shape_reads_as_its_paragraphs(markup: str, body: str) -> None:
    assert read_page(article(markup)).body == body


@pytest.mark.parametrize(
    "markup",
    [
        "<script>هیچ</script>",
        "<style>هیچ</style>",
        "<noscript>هیچ</noscript>",
        "<iframe>هیچ</iframe>",
        "<template><p>هیچ</p></template>",
        "<figure><img alt='هیچ'><figcaption>هیچ</figcaption></figure>",
        "<img alt='هیچ' title='هیچ'>",
        "<p class='caption'>هیچ</p>",
        "<div class='gallery'><p>هیچ</p></div>",
        "<video>هیچ</video><div class='video-download'>دریافت 16 MB</div>",
        "<p>دریافت ۱۶ MB</p><p>دانلود ویدیو</p><p>کد ویدیو</p><p>تعداد بازدید : ۷۴</p>",
        "<p>&lt;iframe src='x'&gt;&lt;/iframe&gt;</p>",
        "<button>هیچ</button><form><p>هیچ</p></form>",
        "<ul class='item-sharing list'><li>هیچ</li></ul>",
        "<div class='short-link-container'>هیچ</div>",
        "<p><a href='https://x.ir/redirect/ads/12'>هیچ</a></p>",
        "<div style='DISPLAY : none'>هیچ</div><p hidden>هیچ</p><p class='d-none'>هیچ</p>",
        "<section class='box related-items'><h2>مطالب مرتبط</h2><a>هیچ</a></section>",
        "<ul><li><strong>بیشتر بخوانید:</strong></li><li><a href='/news/1'>هیچ</a></li><li><a>هیچ</a></li></ul>",
        "<p>بیشتر بخوانید؛ <a href='/news/1'>هیچ</a></p><p>• <a href='/news/2'>هیچ</a></p>",
        "<p><a href='/news/1'>بیشتر بخوانید: هیچ</a></p>",
        "<p>بیشتر بخوانید</p>",
        "<p>این خبر را هم بخوانید:</p><blockquote><a>هیچ</a></blockquote>",
        "<h4>اخبار مرتبط</h4><p><a>هیچ</a></p>",
        "<div id='news-comment'>هیچ</div><div class='comment-form'>نظر شما</div>",
        "<div class='print-header'>هیچ</div><div class='item-code'>کد خبر ۱۲۳</div>",
    ],
)
def test_what_surrounds_the_text_is_no_part_of_it(markup: str) -> None:
    assert read_page(article(f"<p>یک</p>{markup}<p>دو</p>")).body == "یک\n\nدو"


@pytest.mark.parametrize(
    "paragraph",
    [
        "<a href='/news/1'>همه این جمله پیوند است</a>",
        "مطالب مرتبط",
        "بازدید: وزیر از کارخانه دیدن کرد",
        "دریافت ۲۰ هزار تومان",
        "او گفت بیشتر بخوانید تا بیشتر بدانید",
        "<span class='d-none d-sm-inline'>پیدا</span>",
        "<b>نظر شما</b> چیست؟",
    ],
)
def test_words_that_only_look_like_furniture_stay(paragraph: str) -> None:
    body = read_page(article(f"<p>یک</p><p>{paragraph}</p><p>دو</p>")).body
    assert body is not None
    assert body.count("\n\n") == 2


def test_a_body_is_the_outermost_of_nested_ones() -> None:
    nested = "<p>یک</p><div class='item-text'><p>دو</p><div itemprop='articleBody'>سه</div></div><p>چهار</p>"
    assert read_page(article(nested)).body == "یک\n\nدو\n\nسه\n\nچهار"
    without_class = nested.replace("<div class='item-text'>", "<div class='item-text x'>")
    page = article(without_class).replace('class="item-text" itemprop="articleBody"', 'itemprop="articleBody"')
    assert read_page(page).body == "یک\n\nدو\n\nسه\n\nچهار"


def test_text_that_stands_in_the_article_itself_is_its_body() -> None:
    page = (
        '<meta name="generator" content="www.nastooh.ir"><article id="item"><div class="item-header"><h1 class="title">'
        'تیتر</h1></div><p class="summary introtext">لید</p>متن برهنه<p>یک</p><div>دو</div><div class="item-code">'
        'کد خبر <span>12345</span></div><section class="box tags"><ul><li><a>برچسب</a></ul></section></article>'
    )
    found = read_page(page)
    assert (found.title, found.lead, found.body) == ("تیتر", "لید", "متن برهنه\n\nیک\n\nدو")
    assert (found.news_code, found.tags) == ("12345", ("برچسب",))


def test_a_lead_in_the_box_around_the_body_is_not_read_twice() -> None:
    page = '<article id="item"><div class="item-body"><p class="summary">لید</p><p>یک</p></div></article>'
    found = read_page(f'<meta name="generator" content="www.nastooh.ir">{page}')
    assert (found.lead, found.body) == ("لید", "یک")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta property="article:published_time" content="2020-12-07T11:00:00Z">', "2020-12-07T14:30:00+03:30"),
        ('<meta property="article:published_time" content="2020-06-30T20:00:00Z">', "2020-07-01T00:30:00+04:30"),
        ('<meta property="article:published_time" value="2020-12-07T11:00:00Z">', "2020-12-07T14:30:00+03:30"),
        ('<meta property="article:published_time" content="دیروز">', None),
        ('<meta name="date" content="2020-12-07 T 14:30:00 +0330">', None),
        ("", None),
    ],
)
def test_the_time_of_publishing_is_tehrans_and_never_that_of_rendering(head: str, published: str | None) -> None:
    assert article_json(read_page(article("<p>یک</p>", head)))["published"] == published


@pytest.mark.parametrize(
    ("shown", "published"),
    [
        ('<meta itemprop="datePublished" content="2019-05-30 00:20:37.883">', "2019-05-30T00:20:37+04:30"),
        ('<div class="item-date"><span>۱۹ بهمن ۱۴۰۲، ۹:۳۰</span></div>', "2024-02-08T09:30:00+03:30"),
        ('<ul><li class="date">۱۷ آذر ۱۳۹۹ - ۱۴:۳۰</li></ul>', "2020-12-07T14:30:00+03:30"),
        ('<div class="item-date"><span>۴ روز قبل</span></div>', None),
        ('<div class="item-date"><span>۳۰ اسفند ۱۴۰۰ - ۱۰:۰۰</span></div>', None),
    ],
)
def test_without_a_meta_the_article_itself_tells_the_time(shown: str, published: str | None) -> None:
    found = article_json(read_page(article("<p>یک</p>", before=shown)))["published"]
    assert found is None if published is None else found[:19] + found[-6:] == published


@pytest.mark.parametrize(
    ("head", "before", "url", "code"),
    [
        ('<meta property="nastooh:nid" content="55"><meta property="nastooh:code" content="98030903723">', "", "", "98030903723"),
        ("", '<div class="item-code">کد خبر <span>۶۰۱۸۴۱۵</span></div>', "", "6018415"),
        ("", '<div class="meta-news"><ul><li>کد خبر: <b>98030903723</b></li></ul></div>', "", "98030903723"),
        ('<meta property="nastooh:nid" content="55555">', "", "https://shabestan.news/news/7123/x", "7123"),
        ('<meta property="nastooh:nid" content="55555">', "", "", "55555"),
        ("", "", "https://unknown.example/news/7124/x", "7124"),
        ("", "", "http://fars.shabestan.ir/detail/News/1001756", "1001756"),
        ("", "", "", None),
    ],
)
def test_the_news_code_is_the_pages_own_before_its_address(head: str, before: str, url: str, code: str | None) -> None:
    assert read_page(article("<p>یک</p>", head, before=before), url).news_code == code


@pytest.mark.parametrize(
    ("url", "head", "address"),
    [
        ("https://www.shabestan.news/news/7/%D8%B4%D8%A8?x=1#y", "", "https://shabestan.news/news/7/شب"),
        ("http://shabestan.ir/detail/News/1001756", "", "https://shabestan.news/news/1001756"),
        ("", '<link rel="canonical" href="https://shabestan.news/photo/7/x">', "https://shabestan.news/photo/7/x"),
        ("https://a.example/p", '<link rel="canonical" href="/news/7/x">', "https://a.example/news/7/x"),
        ("https://a.example/p", '<meta property="og:url" content="https://b.example/news/7">', "https://b.example/news/7"),
        ("https://a.example/news/7", "", "https://a.example/news/7"),
        ("", "", None),
    ],
)
def test_an_article_has_one_address(url: str, head: str, address: str | None) -> None:
    assert read_page(article("<p>یک</p>", head), url).url == address


def test_the_agency_is_known_by_the_address_and_else_by_what_the_page_says_of_itself() -> None:
    canonical = '<link rel="canonical" href="https://shabestan.news/news/7/x">'
    assert read_page(article("<p>یک</p>"), "https://shabestan.news/news/7").agency == "shabestan"
    assert read_page(article("<p>یک</p>", canonical)).agency == "shabestan"
    assert read_page(article("<p>یک</p>", canonical), "https://a.example/news/7").agency is None


@pytest.mark.parametrize(
    ("body", "head", "url", "kind"),
    [
        ("<p>یک</p>", "", "", "text"),
        ("<p>یک</p><video></video>", "", "", "text"),
        ("<video></video>", "", "", "video"),
        ('<section class="photoGall"><img src="a.jpg"></section>', "", "", "photo"),
        ("<p>یک</p>", '<meta property="nastooh:newsType" content="photo">', "", "photo"),
        ("<p>یک</p>", '<meta property="nastooh:newsType" content="report">', "", "text"),
        ("<p>یک</p>", "", "https://shabestan.news/photo/7/x", "photo"),
        ("<p>یک</p>", "", "https://shabestan.news/media/7/x", "video"),
        ("<p>یک</p>", "", "http://shabestan.ir/detail/Photo/7123", "photo"),
    ],
)
def test_the_kind_is_what_the_page_says_or_else_what_it_holds(body: str, head: str, url: str, kind: str) -> None:
    assert read_page(article(body, head), url).kind == kind


@pytest.mark.parametrize(
    ("img", "head", "url", "image"),
    [
        ('<figure class="item-img"><img src="https://m.ir/3/1.jpg"></figure>', '<meta property="og:image" content="https://m.ir/4/1.jpg">', "", "https://m.ir/3/1.jpg"),
        ("", '<meta property="og:image" content="https://m.ir/4/1.jpg">', "", "https://m.ir/4/1.jpg"),
        ('<figure class="item-img"><img src="/d/1.jpg"></figure>', "", "https://a.example/news/7", "https://a.example/d/1.jpg"),
        ('<figure class="item-img"><img src="data:image/gif;base64,x" data-src="//m.ir/1.jpg"></figure>', "", "https://a.example/", "https://m.ir/1.jpg"),
        ('<figure class="item-img"><img src="/d/1.jpg"></figure>', "", "", None),
        ('<figure class="item-img"><img src="http://[x"></figure>', "", "https://a.example/", None),
    ],
)  # fmt: skip
def test_the_picture_is_the_shown_one_with_its_whole_address(img: str, head: str, url: str, image: str | None) -> None:
    assert read_page(article("<p>یک</p>", head, before=img), url).image == image


def test_sections_come_from_the_breadcrumb_or_the_head() -> None:
    trail = '<ol class="breadcrumb"><li><a>صفحه نخست</a><li><a>استان‌ها</a><li><a>فارس</a></ol>'
    said = '<meta property="article:section" content="ورزشي &gt; فوتبال، فوتسال">'
    service = '<span itemprop="articleSection"> فوتبال، فوتسال </span>'
    assert read_page(article("یک", before=trail * 2)).sections == ("استان‌ها", "فارس")
    assert read_page(article("یک", said, before=service)).sections == ("ورزشي", "فوتبال، فوتسال")
    assert read_page(article("یک")).sections == ()


def test_tags_come_from_their_box_or_the_head_as_published() -> None:
    box = '<section class="box tags"><ul><li><a>تيم ملي</a><li><a> جام </a><li><a>تيم ملي</a></ul></section>'
    said = '<meta name="keywords" property="article:tag" content="كتاب, ,روستا,كتاب">'
    assert read_page(article("یک", said, after=box)).tags == ("تيم ملي", "جام")
    assert read_page(article("یک", said)).tags == ("كتاب", "روستا")
    assert read_page(article("یک")).tags == ()


@pytest.mark.parametrize(
    ("labelled", "authors"),
    [
        ("<li><span>خبرنگار</span> <strong>مینا راد</strong></li><li><span>دبیر</span> <strong>کاوه آرین</strong></li>", ("مینا راد",)),
        ("<li>نویسنده: مینا راد</li><li>عکاس: آرش نیکو</li>", ("مینا راد", "آرش نیکو")),
        ("<li>خبرنگار : 71617</li>", ()),
        ("<li>دبیر کاوه آرین</li>", ()),
    ],
)  # fmt: skip
def test_authors_are_labelled_writers_and_no_editors(labelled: str, authors: tuple[str, ...]) -> None:
    assert read_page(article("یک", after=f'<ul class="author-id">{labelled}</ul>')).authors == authors


def test_a_head_alone_is_an_article_with_what_it_says() -> None:
    head = WHOLE[: WHOLE.index(b"</head>")]
    found = read_page(head)
    assert (found.news_code, found.body, found.kicker) == ("1787201", None, None)
    assert found.title == "کتابخانه\u200cهای روستایی فارس به شبکه امانت پیوستند"
    assert found.lead is not None
    assert found.lead.startswith("مدیرکل")
    assert found.sections == ("استان\u200cها", "فارس")


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
        ('<div class="body"><div class="item-text" itemprop="articleBody">یک</div></div>', NotAnArticleError),
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
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603  # our own words


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_the_reader_fail_otherwise(noise: bytes) -> None:
    for html in (noise, article("<p>یک</p>").encode().replace("یک".encode(), noise)):
        try:
            read_page(html, "https://shabestan.news/news/7")
        except NotAnArticleError as error:
            assert str(error)


@given(st.integers(0, len(WHOLE)), st.integers(0, 600), st.binary(max_size=12), st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_no_mutilated_page_makes_the_reader_fail_otherwise(at: int, length: int, instead: bytes, url: str) -> None:
    html = WHOLE[:at] + instead + WHOLE[at + length :]
    try:
        found = read_page(html, url)
    except NotAnArticleError:
        return
    assert found.reader == "nastooh/1"
