from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example_pages import HOST, fetch, listed
from hostile_site import HOSTILE, Twisted
from parsel import Selector

from bayegan.example.answering import Request

if TYPE_CHECKING:
    from bayegan.example import Example
    from conftest import Hostile


def misbehaving(name: str) -> Twisted:
    return Twisted(*HOSTILE[name])


def listing_codes(site: Example, number: int) -> list[str]:
    return listed(
        Selector(site.answer(Request(path="/archive", query={"pi": str(number)}, headers=HOST)).body.decode())
    )


def test_every_hostile_site_answers_and_nothing_but_two_of_them_touches_robots() -> None:
    robots = {name: misbehaving(name).answer(Request(path="/robots.txt")) for name in HOSTILE}
    odd = [name for name, response in robots.items() if not response.body.startswith(b"User-agent: *")]
    assert odd == ["everything behind an interstitial", "a site that fails everywhere"]


def test_a_pager_that_never_ends_shows_its_last_page_and_a_live_next() -> None:
    site = misbehaving("a pager that never ends")
    assert len(listing_codes(site, 5)) == 10
    assert listing_codes(site, 99) == listing_codes(site, 5)
    beyond = Selector(site.answer(Request(path="/archive", query={"pi": "99"})).body.decode())
    assert beyond.css("ul.pagination a.page-link")[-1].attrib["href"] == "/archive?ms=0&pi=100"


def test_a_stuck_pager_shows_its_first_page_whatever_is_asked() -> None:
    site = misbehaving("a pager that is stuck at its first page")
    assert listing_codes(site, 7) == listing_codes(site, 1)


def test_a_growing_listing_repeats_items_and_a_shrinking_one_hides_some() -> None:
    growing = misbehaving("a listing that grows while it is walked")
    assert len({*listing_codes(growing, 1)} & {*listing_codes(growing, 2)}) == 3
    shrinking = misbehaving("a listing that shrinks while it is walked")
    seen = {*listing_codes(shrinking, 1), *listing_codes(shrinking, 2)}
    assert len(seen) == 40
    hidden = {story.code for story in shrinking.site.stories[-42:]} - seen
    assert len(hidden) == 2


@pytest.mark.parametrize(
    ("name", "path", "statuses"),
    [
        ("articles behind an interstitial", "/news/1001779", [200, 200]),
        ("everything behind an interstitial", "/robots.txt", [200, 200]),
        ("articles that redirect to a file", "/news/1001779", [302, 302]),
        ("a site that fails everywhere", "/robots.txt", [500, 500]),
        ("a listing that is only there in its long form", "/archive", [404, 404]),
        ("a listing that is only there in its long form", "/page/archive.xhtml", [200, 200]),
        ("no listing but sitemaps", "/page/archive.xhtml", [404, 404]),
        ("no listing but sitemaps", "/sitemap/all/sitemap.xml", [200, 200]),
        ("a silent site", "/archive", [200, 200]),
        ("an article that is empty", "/news/1001779", [200, 200]),
    ],
)
def test_a_hostile_site_answers_as_its_name_says(name: str, path: str, statuses: list[int]) -> None:
    site = misbehaving(name)
    assert [site.answer(Request(path=path, headers=HOST)).status for _ in statuses] == statuses


def test_an_interstitial_that_relents_lets_the_second_request_pass() -> None:
    site = misbehaving("articles behind an interstitial that lets the second request pass")
    bodies = [site.answer(Request(path="/news/1001779", headers=HOST)).body.decode() for _ in range(2)]
    assert ["arvanRecaptcha" in body for body in bodies] == [True, False]


def test_a_page_behind_a_cookie_opens_with_the_cookie(hostile: Hostile) -> None:
    site = hostile("articles behind a cookie")
    first = fetch(site, "/news/1001779")
    assert (first.status, first.headers["location"]) == (302, "/news/1001779")
    cookie = first.headers["set-cookie"].partition(";")[0]
    assert fetch(site, "/news/1001779", headers={"Cookie": cookie}).status == 200


def test_a_reused_code_serves_another_text_after_the_edit() -> None:
    site = misbehaving("a code that is reused for another text")
    before = site.answer(Request(path="/news/1001779"))
    site.edit()
    after = site.answer(Request(path="/news/1001779"))
    titles = [Selector(response.body.decode()).css("h1.title::text").get() for response in (before, after)]
    assert titles[0] == "سامانهٔ بارشی راه ۱۰ روستای ساری را بست"
    assert titles[1] not in {None, titles[0]}


@pytest.mark.parametrize(
    ("name", "line"),
    [("a crawl delay", "Crawl-delay: 1"), ("articles that robots.txt forbids", "Disallow: /news/")],
)
def test_robots_say_more_on_some_sites(name: str, line: str) -> None:
    assert line in misbehaving(name).answer(Request(path="/robots.txt")).body.decode().splitlines()
