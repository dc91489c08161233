from __future__ import annotations

import json
from datetime import date
from urllib.parse import quote, unquote

import pytest
from example_pages import HOST, SITE, VIEW, ask, azar, listed, newest_codes, page
from parsel import Selector

from bayegan.example.answering import Request, answer, view_of
from bayegan.example.listing import page_number, upper_bound
from bayegan.example.story import State


def test_the_listing_shows_the_newest_twenty_and_then_the_rest() -> None:
    assert listed(page("/archive")) == newest_codes(20)
    assert listed(page("/archive", {"pi": "2"})) == newest_codes(40)[20:]


@pytest.mark.parametrize("path", ["/archive", "/page/archive.xhtml"])
def test_the_date_is_an_upper_bound_and_paging_runs_on_into_earlier_days(path: str) -> None:
    found = listed(page(path, azar(17)))
    days = [VIEW.by_code[code].day for code in found]
    assert days[:9] == [date(2020, 12, 7)] * 9
    assert days[9] == date(2020, 12, 6)
    assert len(found) == 20
    assert len(listed(page(path, azar(17, number=2)))) == 5


@pytest.mark.parametrize("query", [azar(30, number=3), azar(17, number=9), {"pi": "3"}, azar(1, number=2)])
def test_beyond_the_end_there_are_no_items_and_no_pager(query: dict[str, str]) -> None:
    found = page("/archive", query)
    assert ask("/archive", query).status == 200
    assert listed(found) == []
    assert not found.css("ul.pagination")


def test_an_item_has_the_markup_of_the_family() -> None:
    story = next(story for story in reversed(SITE.stories) if story.kicker)
    item = page("/archive").css(f'section.box.list li.news:contains("{story.kicker}")')
    assert unquote(item.css("h3 a::attr(href)").get("")) == story.path
    assert item.css("h3 a::attr(href)").get() == quote(story.path)
    assert item.css("figure a::attr(href)").get() == story.path
    assert item.css("h4 a::text").get("").strip() == story.kicker
    assert item.css("h3 a::text").get() == story.title
    assert item.css("p::text").get("").strip() == story.lead


def test_the_exact_time_stands_in_the_title_and_the_relative_one_is_shown() -> None:
    item = page("/archive", azar(30)).css("section#box16 li")[0]
    assert item.css("time::attr(title)").get() == "یکشنبه ۳۰ آذر ۱۳۹۹ - ۱۲:۲۰"
    assert item.css("time a::text").get() == "۱۹ ساعت قبل"
    assert item.css("h3 a::attr(title)").get() == "۱۹ ساعت قبل"


def test_one_item_has_no_time_and_stands_between_others_of_its_day() -> None:
    items = page("/archive").css("section#box16 li:has(h3)")
    undated = [item.css("h3 a::attr(href)").get("").split("/")[2] for item in items if not item.css("time")]
    assert undated == ["1001763"]
    assert VIEW.by_code["1001763"].day == VIEW.by_code["1001765"].day


@pytest.mark.parametrize(
    ("path", "query", "following"),
    [
        ("/archive", azar(30), "/archive?ms=0&pi=2&dy=30&mn=9&yr=1399"),
        ("/page/archive.xhtml", azar(30), "/page/archive.xhtml?wide=0&ms=0&pi=2&dy=30&mn=9&yr=1399"),
        ("/archive", {}, "/archive?ms=0&pi=2"),
    ],
)
def test_the_pager_goes_on_in_the_form_that_was_asked_for(path: str, query: dict[str, str], following: str) -> None:
    link = page(path, query).css("ul.pagination li.page-item a.page-link")[-1]
    assert (link.css("::text").get(), link.attrib["href"]) == ("بعدی", following)


def test_on_the_last_page_next_is_dead() -> None:
    last = page("/archive", {"pi": "2"}).css("ul.pagination li.page-item")[-1]
    assert last.css("::text").getall() == ["بعدی"]
    assert last.attrib["class"] == "page-item disabled"


@pytest.mark.parametrize(
    ("query", "day"),
    [
        (azar(17), date(2020, 12, 7)),
        ({"dy": "30", "mn": "12", "yr": "1400"}, None),
        ({"dy": "17", "mn": "9"}, None),
        ({"dy": "x", "mn": "9", "yr": "1399"}, None),
    ],
)
def test_only_a_day_that_exists_bounds_the_listing(query: dict[str, str], day: date | None) -> None:
    assert upper_bound(query) == day


@pytest.mark.parametrize(("query", "number"), [({}, 1), ({"pi": "7"}, 7), ({"pi": "0"}, 1), ({"pi": "x"}, 1)])
def test_pages_are_counted_from_one(query: dict[str, str], number: int) -> None:
    assert page_number(query) == number


def test_the_feed_has_the_newest_stories_with_raw_slugs_and_dates_in_gmt() -> None:
    found = Selector(ask("/rss").body.decode(), type="xml")
    assert len(found.xpath("//item")) == 20
    assert found.xpath("//item[1]/pubDate/text()").get() == "Sun, 20 Dec 2020 08:50:54 GMT"
    assert found.xpath("//item[1]/link/text()").get() == f"http://127.0.0.1:9{SITE.stories[-1].path}"


def test_the_news_sitemap_has_the_newest_thirty_with_their_moment() -> None:
    found = Selector(ask("/sitemap/news/sitemap.xml").body.decode(), type="xml")
    found.remove_namespaces()
    assert len(found.xpath("//url/loc")) == 30
    assert found.xpath("//publication_date/text()").get() == "2020-12-20T08:50:54Z"


@pytest.mark.parametrize("name", ["all", "1399"])
def test_a_sitemap_index_names_a_leaf_for_every_day_with_stories(name: str) -> None:
    found = Selector(ask(f"/sitemap/{name}/sitemap.xml").body.decode(), type="xml")
    found.remove_namespaces()
    leaves = found.xpath("//sitemap/loc/text()").getall()
    assert leaves[0] == "http://127.0.0.1:9/sitemap/1399/09/30/sitemap.xml"
    assert len(leaves) == 21


def test_leaves_together_name_every_story() -> None:
    index = Selector(ask("/sitemap/1399/sitemap.xml").body.decode(), type="xml")
    index.remove_namespaces()
    leaves = [leaf.removeprefix("http://127.0.0.1:9") for leaf in index.xpath("//loc/text()").getall()]
    bodies = "".join(ask(leaf).body.decode() for leaf in leaves)
    assert [code for code in newest_codes(40) if f"/{code}/" not in bodies] == []


def test_old_leaves_are_json_at_an_address_that_ends_in_xml() -> None:
    response = ask("/sitemap/1399/09/01/sitemap.xml")
    assert response.content_type == "application/json; charset=utf-8"
    assert json.loads(response.body) == {
        "urls": [{"loc": f"http://127.0.0.1:9{SITE.stories[0].path}", "lastmode": "2020-11-21T03:35:21Z"}]
    }


def test_robots_forbid_the_search_and_name_the_sitemap() -> None:
    lines = ask("/robots.txt").body.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /search" in lines
    assert lines[-1] == "Sitemap: http://127.0.0.1:9/sitemap/all/sitemap.xml"


@pytest.mark.parametrize("path", ["/", "/archive", "/rss", "/sitemap/news/sitemap.xml", "/sitemap/1399/sitemap.xml"])
def test_what_is_held_already_is_not_sent_again(path: str) -> None:
    held = dict(ask(path).headers)
    conditions = [{"if-none-match": held["etag"]}, {"if-modified-since": held["last-modified"]}]
    for condition in conditions:
        again = answer(VIEW, Request(path=path, headers=HOST | condition))
        assert (again.status, again.body) == (304, b"")


def test_a_listing_that_changed_is_sent_again() -> None:
    held = dict(ask("/archive").headers)
    later = view_of(SITE, State(published=1))
    for condition in ({"if-none-match": held["etag"]}, {"if-modified-since": held["last-modified"]}):
        assert answer(later, Request(path="/archive", headers=HOST | condition)).status == 200
