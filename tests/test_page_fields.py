"""The fields of an article: from its head, from what it shows, from its address."""

from __future__ import annotations

import pytest
from nastooh_pages import article

from crawler.article_json import article_json
from crawler.page import read_page


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
        ('<div class="item-date"><span>۱ مهر ۱۳۹۶ - ۲۳ سپتامبر ۲۰۱۷</span></div>', "2017-09-23T00:00:00+03:30"),
        ('<div class="item-date"><span>۱ مهر ۱۳۹۶ - ۲۴ سپتامبر ۲۰۱۷</span></div>', None),
        ('<div class="item-date" data-seconds="1506163500">۱ مهر ۱۳۹۶</div>', "2017-09-23T14:15:00+03:30"),
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
        (
            '<meta property="nastooh:nid" content="55"><meta property="nastooh:code" content="98030903723">',
            "",
            "",
            "98030903723",
        ),
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
        (
            "https://a.example/p",
            '<meta property="og:url" content="https://b.example/news/7">',
            "https://b.example/news/7",
        ),
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


SHARED = '<meta property="og:image" content="https://m.ir/4/1.jpg">'


@pytest.mark.parametrize(
    ("img", "head", "url", "image"),
    [
        ('src="https://m.ir/3/1.jpg"', SHARED, "", "https://m.ir/3/1.jpg"),
        ("", SHARED, "", "https://m.ir/4/1.jpg"),
        ('src="/d/1.jpg"', "", "https://a.example/news/7", "https://a.example/d/1.jpg"),
        ('src="data:image/gif;base64,x" data-src="//m.ir/1.jpg"', "", "https://a.example/", "https://m.ir/1.jpg"),
        ('src="/d/1.jpg"', "", "", None),
        ('src="http://[x"', "", "https://a.example/", None),
    ],
)
def test_the_picture_is_the_shown_one_with_its_whole_address(img: str, head: str, url: str, image: str | None) -> None:
    figure = f'<figure class="item-img"><img {img}></figure>'
    assert read_page(article("<p>یک</p>", head, before=figure), url).image == image


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
        ("<li><span>خبرنگار</span> <b>مینا راد</b></li><li><span>دبیر</span> <b>کاوه آرین</b></li>", ("مینا راد",)),
        ("<li>نویسنده: مینا راد</li><li>عکاس: آرش نیکو</li>", ("مینا راد", "آرش نیکو")),
        ("<li>نویسنده, مینا راد</li><li>شغل, خبرنگار</li>", ("مینا راد",)),
        ("<li>خبرنگار: شبستان</li>", ()),
        ("<li>خبرنگار : 71617</li>", ()),
        ("<li>دبیر کاوه آرین</li>", ()),
    ],
)
def test_authors_are_labelled_writers_no_editors_and_not_the_agency(labelled: str, authors: tuple[str, ...]) -> None:
    page = article("یک", after=f'<ul class="author-id">{labelled}</ul>')
    assert read_page(page, "https://shabestan.news/news/1787201").authors == authors
