"""Iran Samaneh: codes, listings, feeds, fields that one theme writes otherwise, and a window that is crawled whole."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest
from crawls import crawl
from parsel import Selector
from samaneh_site import TALES, SamanehSite, path

from crawler.agencies import agency, spider_class
from crawler.article_json import article_json
from crawler.errors import NotAnArticleError
from crawler.families import IranSamaneh
from crawler.listing import Listing, Reader
from crawler.page import read_page
from crawler.urls import Home
from crawler.walk import Walk

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Hostile

HOME = "https://www.tabnak.ir"
READER = Reader(agency("tabnak"), Home(HOME))
WINDOW = ("--from", "1399-09-10", "--to", "1399-09-14")
IN_WINDOW = 18
HEAD = '<link rel="stylesheet" href="/client/themes/fa/main/css/news_1001.css">'


@pytest.mark.parametrize(
    ("url", "code", "canonical"),
    [
        (f"{HOME}/fa/news/818241/%D8%A7%D9%85%DB%8C%D8%AF?x=1#c", "818241", "/fa/news/818241/امید"),
        ("http://tabnak.ir/fa/news/818241", "818241", "/fa/news/818241"),
        (f"{HOME}/fa/news/818241/", "818241", "/fa/news/818241"),
        (f"{HOME}/fa/photos/818242/x", "818242", "/fa/photos/818242/x"),
        (f"{HOME}/fa/print/818241", "818241", "/fa/news/818241"),
        (f"{HOME}/fa/amp/news/818241", "818241", "/fa/news/818241"),
    ],
)
def test_the_number_alone_is_the_code(url: str, code: str, canonical: str) -> None:
    tabnak = agency("tabnak")
    assert (tabnak.code_of(url), tabnak.canonical(url)) == (code, HOME + canonical)
    assert tabnak.address("818241") == f"{HOME}/fa/news/818241"


@pytest.mark.parametrize(
    "other",
    ["/fa/archive", "/fa/services/4/7", "/fa/video/221", "/fa/tags/9/1/x", "/fa/save/818241", "/en/news/7/x", "/"],
)
def test_other_addresses_name_no_article(other: str) -> None:
    assert agency("tabnak").code_of(HOME + other) is None


@pytest.mark.parametrize(
    ("number", "first", "last", "query"),
    [
        (1, date(2020, 11, 21), date(2020, 12, 20), "&from_date=1399/09/01&to_date=1399/09/30&p=1"),
        (3, date(2020, 12, 20), date(2020, 12, 20), "&from_date=1399/09/30&to_date=1399/09/30&p=3"),
        (2, None, None, "&p=2"),
    ],
)
def test_a_listing_address_is_a_range_of_jalali_days(
    number: int, first: date | None, last: date | None, query: str
) -> None:
    asked = spider_class("tabnak")().archive_path(0, number, first, last)
    assert asked == "/fa/archive?service_id=-1&sec_id=-1&cat_id=-1&rpp=100" + query


ITEM = '<div class="linear_news"><a href="/fa/news/{0}/x"><img></a><h3><a href="/fa/news/{0}/x">t</a></h3></div>'
ITEMS = ITEM.format(12) + ITEM.format(11)
SIDE = '<div class="col"><h3><a class="title5" href="/fa/news/99/x">side</a></h3></div>'


@pytest.mark.parametrize(
    ("html", "codes"),
    [
        (f'{SIDE}<div class="archive_content">{ITEMS}{ITEM.format(12)}</div>{SIDE}', ["12", "11"]),
        (f'{SIDE}<div class="news_archive_container"><article>{ITEMS}</article></div>', ["12", "11"]),
        (f'{SIDE}<div class="row inner-content">{ITEMS}</div>{SIDE}', ["12", "11"]),
        (f"{SIDE}<div>{ITEMS}</div>{SIDE}", ["12", "11"]),
        (f'{SIDE}<div class="archive_content">موردی یافت نشد</div>', []),
        (SIDE, []),
    ],
)
def test_an_archive_page_names_its_own_items_once(html: str, codes: list[str]) -> None:
    listing = READER.archive(Selector(html), IranSamaneh.listing, f"{HOME}/fa/archive")
    assert [link.news_code for link in listing.links] == codes
    assert listing.pager is ("/fa/news/" in html)


def test_what_is_listed_of_one_day_without_a_date_is_of_that_day() -> None:
    listing = READER.archive(Selector(f'<div class="archive_content">{ITEMS}</div>'), IranSamaneh.listing, HOME)
    day = date(2020, 12, 7)
    _, links = Walk(first=day, last=day).take(listing)
    assert [link.day for link in links] == [day, day]
    _, undated = Walk(first=date(2020, 12, 1), last=day).take(Listing(links=listing.links, pager=True))
    assert [link.day for link in undated] == [None, None]


FEED = """<rss version="2.0"><channel><link>http://www.tabnak.ir</link><generator>SepehrFeed V1.2</generator><item>
<title>خبر</title><link>
http://www.tabnak.ir/fa/news/818241/خبر-نخست
</link><author>x@tabnak.ir</author><pubDate>21 Jul 2018 23:45:01 +0430</pubDate></item></channel></rss>"""


def test_a_feed_has_lines_around_its_links_and_no_weekdays() -> None:
    links = READER.feed(FEED.encode(), f"{HOME}/fa/rss/allnews")
    assert [(link.url, link.day) for link in links] == [(f"{HOME}/fa/news/818241/خبر-نخست", date(2018, 7, 21))]


@pytest.mark.parametrize(
    ("shown", "published"),
    [
        ('<div class="news_pdate_c">تاریخ انتشار: ۱۷ آذر ۱۳۹۹ - ۱۴:۳۰</div>', "2020-12-07T14:30:00+03:30"),
        ('<div class="news_pdate_c">تاریخ انتشار: ۱۴:۳۰ - ۱۷ آذر ۱۳۹۹</div>', "2020-12-07T14:30:00+03:30"),
        ('<div class="news_pdate_c"><i></i>۱۷ آذر ۱۳۹۹ - ۱۴:۳۰ - 07 December 2020</div>', "2020-12-07T14:30:00+03:30"),
        ('<div class="fa_date">۱۲ ارديبهشت ۱۳۹۸ - ۱۶:۱۲</div>', "2019-05-02T16:12:00+04:30"),
        ('<i class="p-date">11 دی 1404</i><i class="p-clock">9:05</i>', "2026-01-01T09:05:00+03:30"),
        ('<div class="news-date">| ۱۵/دی/۱۴۰۴ | ۰۹:۱۷</div>', "2026-01-05T09:17:00+03:30"),
        ('<div class="photo_pub_date"><span>تاریخ : </span>۱۴۰۴/۱۰/۱۱- ۰۹:۰۰</div>', "2026-01-01T09:00:00+03:30"),
        ('<div class="comm_info_date">۱۴:۴۱ - ۱۳۹۴/۰۳/۲۶</div>', None),
        ('<div class="news_pdate_c">۳۰ اسفند ۱۴۰۰ - ۱۰:۰۰</div>', None),
    ],
)
def test_a_time_is_read_however_a_theme_shows_it(shown: str, published: str | None) -> None:
    html = f'{HEAD}{shown}<h1 class="title">تیتر</h1><div class="body"><p>متن</p></div>'
    assert article_json(read_page(html))["published"] == published


@pytest.mark.parametrize(
    ("around", "kicker", "lead"),
    [
        (
            '<div class="rutitr">روتیتر</div><h1 class="title">تیتر</h1><div class="subtitle">لید</div>{}',
            "روتیتر",
            "لید",
        ),
        ('<div class="rutitr"></div><h1 class="title">تیتر</h1><div class="subtitle"></div>{}', None, None),
        ('<h1 class="title">تیتر</h1>{}', None, None),
        ('<div class="head"><h1 class="title">تیتر</h1><h2 class="subtitle">لید</h2></div><div>{}</div>', None, "لید"),
    ],
)
def test_a_side_boxes_kicker_and_lead_are_never_the_articles(around: str, kicker: str | None, lead: str | None) -> None:
    side = '<div><div class="rutitr">کنار</div><h2 class="title">کنار</h2><div class="subtitle">کنار</div></div>'
    article = around.format('<div class="body"><p>متن</p></div>')
    found = read_page(f"{HEAD}<body>{side}<main>{article}</main>{side}</body>")
    assert (found.title, found.kicker, found.lead, found.body) == ("تیتر", kicker, lead, "متن")


@pytest.mark.parametrize(
    ("opening", "authors"),
    [
        ("باشگاه خبرنگاران جوان؛ نسترن کوه‌دشتی- متن", ("نسترن کوه‌دشتی",)),
        ("باشگاه خبرنگاران جوان - محمد کوه‌دشتی رئیس شورا گفت", ()),
        ("باشگاه خبرنگاران جوان؛ در این نشست که سه ساعت پایید گفته شد- متن", ()),
        ("عصر ایران؛ نسترن کوه‌دشتی- متن", ()),
    ],
)
def test_a_byline_names_the_writer_only_where_its_form_is_sure(opening: str, authors: tuple[str, ...]) -> None:
    assert read_page(f'{HEAD}<h1 class="title">تیتر</h1><div class="body"><p>{opening}</p></div>').authors == authors


@pytest.mark.parametrize(("section", "kind"), [("عکس", "photo"), ("فیلم", "video"), ("فرهنگی", "text")])
def test_a_page_without_text_is_of_its_sections_kind(section: str, kind: str) -> None:
    path = f'<i class="news_id_c">۱۲۳۴</i><div class="news_path"><a href="/fa/services/4">{section}</a></div>'
    assert read_page(f'{HEAD}{path}<h1 class="title">تیتر</h1>').kind == kind
    assert read_page(f'{HEAD}{path}<h1 class="title">تیتر</h1><div class="body"><p>متن</p></div>').kind == "text"


def test_keywords_for_search_engines_are_no_tags() -> None:
    head = f'{HEAD}<meta name="keywords" content="یک،دو">'
    html = '<h1 class="title">تیتر</h1><div class="body"><p>متن</p></div>'
    assert read_page(head + html).tags == ()
    assert read_page(f'{head}<meta name="article:tag" value="یک ، دو">{html}').tags == ("یک", "دو")


@pytest.mark.parametrize(
    "html",
    [
        f'{HEAD}<body><div class="archive_content">{ITEMS}</div></body>',
        f'{HEAD}<body><div class="linear_news"><h3><a href="/fa/news/7/x">خانه</a></h3></div></body>',
    ],
)
def test_a_list_is_no_article(html: str) -> None:
    with pytest.raises(NotAnArticleError):
        read_page(html, f"{HOME}/fa/archive")


@pytest.mark.parametrize("known", [True, False])
def test_a_window_is_held_whole_day_by_day_by_the_archive_or_by_sitemaps(
    hostile: Hostile, tmp_path: Path, *, known: bool
) -> None:
    site, db = hostile(twist=SamanehSite(known=known)), tmp_path / "x.db"
    first = crawl(site.url, db, *WINDOW, agency="tabnak")
    assert (first.code, first.listed, first.held, first.failed) == (0, IN_WINDOW, IN_WINDOW, 0), first.said
    in_window = [one for one in TALES if "1399/09/10" <= one.jalali <= "1399/09/14"]
    with sqlite3.connect(db) as conn:
        held = dict(conn.execute("select news_code, day from ledger where state = 'held'").fetchall())
        complete = {day for (day,) in conn.execute("select day from days where complete")}
    assert held == {one.code: one.day.isoformat() for one in in_window}
    assert site.requests.count("/fa-sitemap-newsarchive") == (1 if known else 5)  # of the twelfth nothing is listed
    assert complete == {f"2020-{day}" for day in ("11-30", "12-01", "12-02", "12-03", "12-04")}
    asked = len([one for one in site.requests if one.startswith("/fa/news/")])
    second = crawl(site.url, db, *WINDOW, agency="tabnak")
    assert (second.code, second.new, second.held) == (0, 0, IN_WINDOW)
    assert asked == len([one for one in site.requests if one.startswith("/fa/news/")]) == IN_WINDOW


def test_without_days_what_feed_sitemap_and_the_archives_first_page_name_is_held(
    hostile: Hostile, tmp_path: Path
) -> None:
    site = hostile(twist=SamanehSite())
    done = crawl(site.url, tmp_path / "x.db", agency="tabnak")
    assert (done.code, done.held) == (0, 5), done.said
    assert {path(one) for one in TALES[:5]} == {one for one in site.requests if one.startswith("/fa/news/")}
