"""Asam: addresses, listings, and a window that is crawled whole."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest
from crawls import crawl
from hostile_site import SILENT
from parsel import Selector
from tiny_sites import AsamSite

from crawler.agencies import agency, spider_class
from crawler.families import Asam
from crawler.listing import Reader
from crawler.page import read_page
from crawler.urls import Home

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile

HOME = "https://www.ilna.ir"
RANGE = (
    "&dateRange%5Bstart%5D%5Bday%5D=10&dateRange%5Bstart%5D%5Bmonth%5D=09&dateRange%5Bstart%5D%5Byear%5D=1399"
    "&dateRange%5Bend%5D%5Bday%5D=01&dateRange%5Bend%5D%5Bmonth%5D=10&dateRange%5Bend%5D%5Byear%5D=1399"
)
WINDOW = ("--from", "1399-09-10", "--to", "1399-09-14")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/بخش-سیاسی-3/1736198-پیام-روز-کتاب", "1736198"),
        ("/%D8%A8%D8%AE%D8%B4-%D8%B3%DB%8C%D8%A7%D8%B3%DB%8C-3/1736198-%D9%BE%DB%8C%D8%A7%D9%85", "1736198"),
        ("/بخش-سیاسی-3/1736198", "1736198"),
        ("/fa/news/1736198-پیام", "1736198"),
        ("/fa/tiny/news-1736198", "1736198"),
        ("/tiny/news-1736198", "1736198"),
        ("/1736198", "1736198"),
        ("/بخش-سیاسی-3", None),
        ("/tags/روز_کتاب", None),
        ("/newsstudios/archive/?curp=2", None),
        ("/servev2/jF0Yq0eXOSnd/RL54z_netUE,/photo_2026-01-01_10-33-33.jpg", None),
        ("/", None),
    ],
)
def test_an_article_is_known_by_its_code_however_it_is_addressed(path: str, code: str | None) -> None:
    assert agency("ilna").code_of(HOME + path) == code


def test_raw_and_encoded_addresses_are_one_and_a_bare_code_has_the_short_one() -> None:
    raw = f"{HOME}/بخش-سیاسی-3/1736198-پیام"
    encoded = "http://ilna.ir/%D8%A8%D8%AE%D8%B4-%D8%B3%DB%8C%D8%A7%D8%B3%DB%8C-3/1736198-%D9%BE%DB%8C%D8%A7%D9%85"
    assert agency("ilna").canonical(encoded) == agency("ilna").canonical(raw) == raw
    assert agency("ilna").address("1736198") == f"{HOME}/fa/tiny/news-1736198"


@pytest.mark.parametrize(
    ("form", "number", "first", "path"),
    [
        (0, 1, None, "/newsstudios/archive/?curp=1&page=1&order=publish_time"),
        (
            1,
            3,
            date(2020, 11, 30),
            "/fa/newsstudios/archive/?curp=3&page=3&order=publish_time" + RANGE,
        ),
    ],
)
def test_the_archive_is_asked_for_a_range_of_jalali_days(form: int, number: int, first: date | None, path: str) -> None:
    assert spider_class("ilna")().archive_path(form, number, first, first and date(2020, 12, 21)) == path


# The list as themes write it: with and without times, with the relative time of the search, beside boxes of the like.
LISTS = {
    "dated": """<ul id="archive-page-news"><li class="cont"><a class="res" href="/fa/tiny/news-736101"></a>
        <div class="news_time"><time datetime="2020-12-07T20:45:00Z">۲ ساعت قبل</time></div></li></ul>
        <ul><li><a href="/fa/tiny/news-5">پربازدید</a></li></ul>
        <footer class="archive-next-page"><a href="?curp=2">بعدی</a></footer>""",
    "undated": """<section class="archive_section"><ul><li class="list_item"><a href="/tags/x">x</a>
        <div class="title"><a href="/بخش-هنر-4/736101-کتاب">کتاب</a></div></li></ul>
        <footer class="archive_next_page"><a href="?page=2&amp;curp=1">بعدی</a></footer></section>""",
    "of another theme": """<main><div><h3 itemprop="headLine"><a href="/x">x</a></h3><ul><li><h3>
        <a class="fnb" href="/بخش-طلا-ارز-7/736101-سکه">سکه</a></h3></li></ul></div></main>""",
}


@pytest.mark.parametrize(
    ("theme", "day", "pager"),
    [("dated", date(2020, 12, 8), True), ("undated", None, True), ("of another theme", None, False)],
)
def test_the_list_of_a_theme_names_its_articles_and_no_side_box(theme: str, day: date | None, pager: bool) -> None:  # noqa: FBT001 -- a column of the table
    page = Selector(f"<html><body>{LISTS[theme]}</body></html>")
    found = Reader(agency("ilna"), Home(HOME)).archive(page, Asam.listing, HOME)
    assert [(link.news_code, link.day) for link in found.links] == [("736101", day)]
    assert found.pager is pager


@pytest.mark.parametrize(
    "theme", [AsamSite(), AsamSite(dated=True), AsamSite(form="/fa/newsstudios/archive/")], ids=str
)
def test_a_window_is_held_whole(hostile: Hostile, tmp_path: Path, theme: AsamSite) -> None:
    site, db = hostile(site=SILENT, twist=theme), tmp_path / "x.db"
    first = crawl(site.url, db, *WINDOW, agency="ilna")
    assert (first.code, first.listed, first.held, first.failed) == (0, 12, 12, 0)
    again = crawl(site.url, db, *WINDOW, agency="ilna")
    assert (again.code, again.held, again.new) == (0, 12, 0)
    with sqlite3.connect(db) as conn:
        assert conn.execute("select count(*) from days where complete = 1").fetchone() == (5,)
        title, body, published = conn.execute(
            "select title, body, published from articles where news_code = '736104'"
        ).fetchone()
    assert title == "گزارش 736104 از کتابخانه\u200cهای شهر"
    assert (body, published) == ("کتابخانه\u200cها باز شدند.\n\nانتهای پیام/", "2020-11-30T08:33:00Z")


def test_now_the_feeds_that_the_home_page_names_are_read_too(hostile: Hostile, tmp_path: Path) -> None:
    site, db = hostile(site=SILENT, twist=AsamSite()), tmp_path / "x.db"
    found = crawl(site.url, db, agency="ilna")
    assert (found.code, found.listed, found.held) == (0, 4, 4), json.dumps(found.summary)
    assert "/feeds/" in site.requests


def test_a_fragment_without_an_address_has_that_of_its_short_link() -> None:
    found = read_page(
        '<article id="news_page_article"><div class="article_body"><div id="echo_details"><div class="side"></div>'
        '<!-- <p>نه</p> --> انتهای پیام/ </div><form class="short-link-form noprint"><label>لینک کوتاه</label>'
        '<input id="short_link" value="https://www.ilna.ir/fa/tiny/news-1736124"></form></div></article>'
    )
    assert (found.news_code, found.url) == ("1736124", "https://www.ilna.ir/fa/tiny/news-1736124")
    assert (found.reader, found.body, found.tags) == ("asam/1", "انتهای پیام/", ())


def test_the_site_name_that_opens_a_breadcrumb_is_no_section_and_keywords_for_engines_are_no_tags() -> None:
    found = read_page(
        '<html><head><meta name="keywords" content="خبر,ایلنا"></head><body><ul class="breadcrumb_list"><li>'
        '<a href="https://www.ilna.ir/">ایلنا</a></li><li><a href="/بخش-هنر-4">هنر</a></li></ul><h1>کتاب</h1>'
        '<ul><li><p class="lead">لید دیگری</p></li></ul><div id="echo_detail"><p>یک.</p></div></body></html>'
    )
    assert (found.title, found.lead, found.sections, found.tags) == ("کتاب", None, ("هنر",), ())
