from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from example_pages import FIRST, HOST, SITE, ask, behaving, listed, page
from parsel import Selector

from bayegan.example import Site, stories
from bayegan.example.answering import Request, answer, view_of
from bayegan.example.story import State, slug
from bayegan.example.written import written
from crawler.page import read_page
from crawler.text import tidy

SHAPES = sorted({story.shape for story in SITE.stories})
HEAD_AND_BODY = [
    ("meta[name=generator]::attr(content)", "www.nastooh.ir"),
    ('meta[property="nastooh:pageType"]::attr(content)', "news"),
    ('meta[property="nastooh:newsType"]::attr(content)', "news"),
    ('meta[property="nastooh:code"]::attr(content)', FIRST),
    ('meta[property="nastooh:publishDate"]::attr(content)', "2020-11-21"),
    ('meta[property="article:published_time"]::attr(content)', "2020-11-21T03:30:21Z"),
    ('meta[property="article:modified_time"]::attr(content)', "2020-11-21T03:35:21Z"),
    ('meta[property="article:section"]::attr(content)', "استان\u200cها > فارس"),
    (
        'meta[name=keywords][property="article:tag"]::attr(content)',
        "شیراز,دوچرخه,حمل\u200cونقل پاک,شهرداری شیراز",
    ),
    ("meta[name=date]::attr(content)", "2020-12-21 T 08:05:00 +0330"),
    ("h4.subtitle.kicker::text", "مدیر پروژه\u200cهای عمرانی منطقهٔ سه خبر داد"),
    (".item-nav .item-date span::text", "۱ آذر ۱۳۹۹، ۷:۰۰"),
    ("div.item-code span::text", FIRST),
    (".item-nav ol.breadcrumb li a::text", "استان\u200cها"),
    ("section.box.tags li a[rel=tag]::text", "شیراز"),
    ("ul.author-id li strong::text", "نسرین کاویانی"),
    (".short-link-container input::attr(value)", "127.0.0.1:9/news/1001701"),
    ("input#newsId::attr(value)", FIRST),
    (".print-header::attr(style)", "display: none;"),
    ('meta[property="og:image"]::attr(content)', "http://127.0.0.1:9/d/2020/11/21/4/4001701.jpg"),
    ("figure.item-img img[itemprop=image]::attr(src)", "http://127.0.0.1:9/d/2020/11/21/3/4001701.jpg"),
    ("article#item .saba-backlink::text", "شیراز"),
]


@pytest.mark.parametrize(("css", "value"), HEAD_AND_BODY)
def test_an_article_has_the_markup_of_the_family(css: str, value: str) -> None:
    found = page(f"/news/{FIRST}").css(css)
    assert found.get(default="nothing").strip() == value


def test_an_article_stands_at_the_address_of_the_host_that_was_asked() -> None:
    story = SITE.stories[0]
    here = f"http://127.0.0.1:9/news/{FIRST}/{slug(story.title)}"
    found = page(story.path)
    assert found.css("link[rel=canonical]::attr(href)").get() == here
    assert found.css('meta[property="og:url"]::attr(content)').get() == here
    assert json.loads(found.css("script[data-schema=WebPage]::text").get("{}"))["url"] == here


def test_the_body_class_and_the_title_name_the_family_and_the_agency() -> None:
    found = page(f"/news/{FIRST}")
    assert found.css("body::attr(class)").get() == "rtl nt-wide-img pt-news nt-"
    assert found.css("title::text").get("").endswith(" - خبرگزاری شبستان\n    ")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_body_of_any_shape_holds_its_paragraphs_in_order(shape: str) -> None:
    story = next(each for each in SITE.stories if each.shape == shape)
    text = "".join(page(story.path.rpartition("/")[0]).css("div.item-text[itemprop=articleBody] ::text").getall())
    places = [text.find(paragraph) for paragraph in story.paragraphs]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("shape", "css", "count"),
    [
        ("br", ".item-text > p", 1),
        ("bare", ".item-text p", 0),
        ("div", ".item-text > div[dir=rtl]", 5),
        ("li", ".item-text > ul > li", 3),
        ("table", ".item-text td", 15),
        ("legacy", ".item-text > p", 8),
        ("gallery", ".item-text .gallery figure", 6),
        ("gallery", ".item-text p", 0),
        ("player", ".item-text .video-download", 1),
    ],
)
def test_a_shape_is_what_it_says(shape: str, css: str, count: int) -> None:
    story = next(each for each in written() if each.shape == shape)
    code = next(each.code for each in stories(40) if each.title == story.title)
    plain = view_of(Site(stories=stories(40)), State())
    folder = {"gallery": "photo", "player": "video"}.get(shape, "news")
    found = Selector(answer(plain, Request(path=f"/{folder}/{code}")).body.decode())
    assert len(found.css(css)) == count


def test_a_story_without_a_kicker_has_the_element_all_the_same() -> None:
    story = next(story for story in SITE.stories if not story.kicker)
    assert page(story.path).css("h4.subtitle.kicker").getall() == ['<h4 class="subtitle kicker"></h4>']


def test_just_after_midnight_the_day_in_utc_is_the_day_before() -> None:
    story = next(story for story in SITE.stories if story.published.hour == 0)
    found = page(story.path)
    assert found.css('meta[property="nastooh:publishDate"]::attr(content)').get() == "2020-12-07"
    assert found.css('meta[property="article:published_time"]::attr(content)').get() == "2020-12-06T20:42:07Z"


def test_a_photo_has_neither_text_nor_lead_but_its_own_folder() -> None:
    story = next(story for story in SITE.stories if story.kind == "photo")
    assert (story.body, story.lead) == ("", "")
    assert ask(story.path, again=True).status == 200
    assert story.path.startswith("/photo/1001771/")


def test_the_comment_form_is_there_and_is_no_part_of_the_article() -> None:
    found = page(f"/news/{FIRST}")
    form = "".join(found.css("form#frmNewsComment ::text").getall())
    assert "شما در حال پاسخ به نظر «» هستید." in " ".join(form.split())
    assert not found.css("article#item form#frmNewsComment")


def test_a_page_is_as_large_as_real_ones_and_always_the_same() -> None:
    sizes = [len(ask(story.path, again=True).body) for story in SITE.stories if story.manner != "gone"]
    assert min(sizes) > 40_000
    assert max(sizes) < 80_000
    assert ask(f"/news/{FIRST}") == ask(f"/news/{FIRST}")


def test_publishing_more_leaves_the_pages_of_articles_as_they_were() -> None:
    later = view_of(SITE, State(published=5))
    assert answer(later, Request(path=f"/news/{FIRST}", headers=HOST)) == ask(f"/news/{FIRST}")


def test_a_wrong_slug_or_folder_leads_to_the_right_address() -> None:
    right = quote(SITE.stories[0].path)
    for wrong in (f"/news/{FIRST}/x", f"/photo/{FIRST}", f"/news/{FIRST}/x/y"):
        response = ask(wrong)
        assert (response.status, response.headers) == (301, (("location", right),))


@pytest.mark.parametrize("path", [f"/news/{FIRST}", f"/news/{FIRST}/"])
def test_the_address_without_a_slug_serves_the_article(path: str) -> None:
    assert ask(path).status == 200


@pytest.mark.parametrize(
    "path", ["/news/1", "/nowhere", "/sitemap/1398/sitemap.xml", "/sitemap/1399/13/40/sitemap.xml"]
)
def test_what_is_not_there_is_not_found_in_the_theme_of_the_site(path: str) -> None:
    response = ask(path)
    assert response.status == 404
    assert "پیدا نشد" in response.body.decode()


def test_the_busy_story_answers_503_only_the_first_time() -> None:
    first, second = ask(behaving("busy").path), ask(behaving("busy").path, again=True)
    assert (first.status, first.headers) == (503, (("retry-after", "1"),))
    assert second.status == 200


def test_the_deleted_story_is_listed_but_not_found() -> None:
    gone = behaving("gone")
    assert ask(gone.path).status == 404
    assert gone.code in listed(page("/archive", {"pi": "1"})) + listed(page("/archive", {"pi": "2"}))


def test_the_slow_story_takes_a_second() -> None:
    assert ask(behaving("slow").path).delay == 1.0
    assert ask(f"/news/{FIRST}").delay == 0.0


def test_what_the_site_publishes_is_read_as_it_was_written() -> None:
    plain = view_of(Site(stories=stories(120)), State())
    for story in plain.stories:
        body = answer(plain, Request(path=story.path, headers=HOST)).body
        article = read_page(body, f"https://shabestan.news{story.path}")
        read = (article.news_code, article.title, article.kicker or "", article.lead or "", article.body or "")
        more = (article.tags, article.sections, article.authors, article.place or "", article.kind)
        paragraphs = "\n\n".join(map(tidy, story.body.split("\n\n")))
        assert read == (story.code, story.title, story.kicker, story.lead, paragraphs)
        assert more == (story.tags, story.sections, (story.author,) * bool(story.author), story.place, story.kind)
        assert (article.published, article.modified) == (story.published, story.modified)
