"""Tasnim: addresses with days, short links, exact days, sitemaps, and a window that is crawled whole."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest
from crawls import crawl
from hostile_site import SILENT
from parsel import Selector
from tiny_sites import LATE, TasnimSite

from crawler.address_days import period_in_path
from crawler.agencies import agency, agency_at, spider_class
from crawler.families import Tasnim
from crawler.listing import Reader
from crawler.page import read_page
from crawler.urls import Home

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile

HOME = "https://www.tasnimnews.com"
READER = Reader(agency("tasnim"), Home(HOME))
WINDOW = ("--from", "1399-09-10", "--to", "1399-09-14")


@pytest.mark.parametrize(
    ("url", "code", "day", "canonical"),
    [
        (f"{HOME}/fa/news/1398/02/30/2015234/%DA%A9", "2015234", date(2019, 5, 20), "/fa/news/1398/02/30/2015234/ک"),
        ("http://tasnimnews.ir/fa/news/1398/2/30/2015234", "2015234", date(2019, 5, 20), "/fa/news/1398/2/30/2015234"),
        (f"{HOME}/fa/media/1391/08/24/92/x", "92", date(2012, 11, 14), "/fa/media/1391/08/24/92/x"),
        (f"{HOME}/en/news/2019/05/20/2015234/x", "2015234", date(2019, 5, 20), "/en/news/2019/05/20/2015234/x"),
        (f"{HOME}/fa/news/1400/12/30/2015234/x", "2015234", None, "/fa/news/1400/12/30/2015234/x"),
    ],
)
def test_an_address_names_code_and_day(url: str, code: str, day: date | None, canonical: str) -> None:
    tasnim = agency("tasnim")
    assert (tasnim.code_of(url), tasnim.day_of(url), tasnim.canonical(url)) == (code, day, HOME + canonical)


def test_a_short_link_is_an_address_of_tasnim_and_the_only_one_of_a_bare_code() -> None:
    tasnim = agency("tasnim")
    assert agency_at("http://tn.ai/3485377") == tasnim
    assert tasnim.code_of("http://tn.ai/3485377") == "3485377"
    assert tasnim.canonical("http://tn.ai/3485377") == tasnim.address("3485377") == "https://tn.ai/3485377"


@pytest.mark.parametrize("path", ["/fa/archive", "/fa/service/8/x", "/fa/tag/1/x", "/fa/news/1398/02/30", "/"])
def test_other_addresses_name_no_article(path: str) -> None:
    assert agency("tasnim").code_of(HOME + path) is None


@pytest.mark.parametrize(
    ("number", "day", "path"),
    [
        (1, None, "/fa/archive?sub=-1&service=-1&page=1"),
        (40, date(2024, 8, 2), "/fa/archive?sub=-1&service=-1&page=40&date=1403%2F5%2F12"),
    ],
)
def test_the_archive_is_asked_for_one_jalali_day(number: int, day: date | None, path: str) -> None:
    assert spider_class("tasnim")().archive_path(0, number, day, day) == path


def test_an_item_of_the_archive_bears_the_day_of_its_address() -> None:
    page = Selector(
        '<html><body><article class="box-item"><a href="/fa/news/1403/05/12/9/x">x</a></article>'
        '<section class="news-container archive-result"><article class="list-item"><a href="/fa/service/4">x</a>'
        '<a href="/fa/news/1403/05/12/3132010/x"><h2 class="title">x</h2><time>۲ ساعت پیش</time></a></article>'
    )
    found = READER.archive(page, Tasnim.listing, f"{HOME}/fa/archive")
    assert [(link.news_code, link.day) for link in found.links] == [("3132010", date(2024, 8, 2))]
    assert found.pager


def test_a_feed_names_short_links_with_the_day_of_their_time() -> None:
    feed = (
        '<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><guid>http://tn.ai/3485377</guid>'
        "<link>http://tn.ai/3485377</link><pubDate>Thu, 01 Jan 2026 00:04:00 +0330</pubDate>"
        '<media:content url="https://newsmedia.tasnimnews.com/x.jpg"/></item></channel></rss>'
    )
    (link,) = READER.feed(feed.encode(), f"{HOME}/fa/rss/feed/0/7")
    assert (link.url, link.news_code, link.day) == ("https://tn.ai/3485377", "3485377", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("path", "period"),
    [
        ("/fa/2024/fa_2024_sitemap.xml", (date(2024, 1, 1), date(2024, 12, 31))),
        ("/fa/2024/12/fa_2024_12_sitemap.xml", (date(2024, 12, 1), date(2024, 12, 31))),
        ("/fa/1403/11/x.xml", (date(2025, 1, 20), date(2025, 2, 18))),
        ("/fa/2024/13/x.xml", None),
        ("/sitemap_1402.xml", None),
    ],
)
def test_a_folder_names_the_period_of_a_sitemap(path: str, period: tuple[date, date] | None) -> None:
    assert period_in_path(HOME + path) == period


def test_only_the_sitemaps_of_a_window_are_opened() -> None:
    paths = ("2023/fa_2023", "2024/fa_2024", "2024/11/fa_2024_11", "2024/12/fa_2024_12", "2024/12/5/fa_2024_12_5")
    index = "".join(f"<sitemap><loc>{HOME}/fa/{path}_sitemap.xml</loc></sitemap>" for path in paths)
    leaves = READER.sitemap(f"<sitemapindex>{index}</sitemapindex>".encode(), HOME).leaves
    held = [leaf.may_hold(date(2024, 12, 5), date(2024, 12, 6)) for leaf in leaves]
    assert held == [False, True, False, True, True]


@pytest.mark.parametrize(
    ("site", "held", "whole"),
    [(TasnimSite(), 15, 5), (TasnimSite(has_archive=False), 15, 5)],
    ids=["by its archive", "by its sitemaps"],
)
def test_a_window_is_held_whole(hostile: Hostile, tmp_path: Path, site: TasnimSite, held: int, whole: int) -> None:
    running, db = hostile(site=SILENT, twist=site), tmp_path / "x.db"
    first = crawl(running.url, db, *WINDOW, agency="tasnim")
    assert (first.code, first.listed, first.held, first.failed) == (0, held, held, 0)
    again = crawl(running.url, db, *WINDOW, agency="tasnim")
    assert (again.code, again.held, again.new) == (0, held, 0)
    with sqlite3.connect(db) as conn:
        assert conn.execute("select count(*) from days where complete = 1").fetchone() == (whole,)
        late = conn.execute("select published_jalali, url from articles where news_code = ?", [LATE.code]).fetchone()
    assert late == ("1399-09-10", f"{HOME}/fa/news/1399/09/10/{LATE.code}/گزارش-{LATE.code}")


def test_what_the_feed_names_by_short_links_is_held_under_its_own_address(hostile: Hostile, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    found = crawl(hostile(site=SILENT, twist=TasnimSite()).url, db, agency="tasnim")
    assert (found.code, found.listed, found.held) == (0, 4, 4)
    with sqlite3.connect(db) as conn:
        urls = conn.execute("select count(*) from articles where url like ?", [f"{HOME}/fa/news/1399/09/%"]).fetchone()
    assert urls == (4,)


def test_a_fragment_without_an_address_tells_its_code_and_its_sections_without_the_word_before_them() -> None:
    found = read_page(
        '<section class="body"><article class="single-news"><h1 class="title">باغ </h1>'
        '<ul class="list-inline details"><li class="time"> 14 '
        'دی 1404 - 13:30 </li><li class="service"><a href="/fa/service/2"> اخبار اجتماعی </a></li></ul>'
        '<div class="story"><p>یک.</p></div><div class="footer" data-id-code="3487070">R1/P</div>'
        '<div data-short_link="https://tn.ai/3218705" id="short-link-div"></div></article></section>'
    )
    assert (found.reader, found.news_code, found.url, found.body) == ("tasnim/1", "3487070", None, "یک.")
    assert found.sections == ("اجتماعی",)
