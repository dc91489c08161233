"""The old Shabestan site: one article, two addresses, one code; and lists of its kind."""

from __future__ import annotations

from datetime import date

import pytest
from parsel import Selector

from crawler.agencies import agency
from crawler.families import Hypermedia
from crawler.markup.hypermedia import HYPERMEDIA
from crawler.page import read_page

PAGE = """<html><head><meta name="generator" content="www.Hypermedia.ir"></head><body><p class="rootitr">روتیتر</p>
<h1 class="title">تیتر</h1><span class="date">{date}</span>
<p class="lead">{lead}</p><div class="body">{body}</div></body></html>"""


def page(*, date: str = "چهارشنبه ۱ فروردین ۱۳۹۷", lead: str = "لید", body: str = "<p>متن</p>") -> str:
    return PAGE.format(date=date, lead=lead, body=body)


@pytest.mark.parametrize(
    "url",
    [
        "http://shabestan.ir/detail/News/1001756",
        "http://www.shabestan.ir/detail/News/1001756",
        "http://fars.shabestan.ir/detail/News/1001756?x=1",
    ],
)
def test_one_article_has_one_code_and_todays_address_wherever_it_stood(url: str) -> None:
    found = read_page(page(), url)
    assert (found.agency, found.news_code, found.url, found.reader) == (
        "shabestan",
        "1001756",
        "https://shabestan.news/news/1001756",
        "hypermedia/1",
    )


def test_a_date_without_a_time_is_midnight_in_tehran() -> None:
    found = read_page(page()).published
    assert found is not None
    assert found.isoformat() == "2018-03-21T00:00:00+03:30"


def test_a_date_with_a_time_keeps_it() -> None:
    found = read_page(page(date="دوشنبه ۱۵ آبان ۱۳۹۶ ساعت ۱۲:۴۰")).published
    assert found is not None
    assert found.isoformat() == "2017-11-06T12:40:00+03:30"


def test_the_agencys_name_at_the_head_of_a_lead_is_part_of_it() -> None:
    assert read_page(page(lead="خبرگزاری شبستان: مسجد باز شد.")).lead == "خبرگزاری شبستان: مسجد باز شد."


def test_without_a_known_box_the_text_is_what_stands_beside_the_lead() -> None:
    html = page().replace('<div class="body">', '<div class="x7">').replace("<p>متن</p>", "<p>یک</p><p>دو</p>")
    assert read_page(html.replace("<body>", "<body><div>").replace("</body>", "</div></body>")).body == "یک\n\nدو"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/detail/News/1001756", "1001756"),
        ("/detail/news/1001756/slug", "1001756"),
        ("/Detail/Photo/690010", "690010"),
        ("/archive/rate1/6", None),
        ("/news/7", None),
    ],
)
def test_the_code_stands_in_the_address(path: str, code: str | None) -> None:
    found = HYPERMEDIA.scheme.match(path)
    assert (found["code"] if found else None) == code


def test_the_agency_of_the_new_site_knows_the_old_addresses() -> None:
    shabestan = agency("shabestan")
    assert shabestan.code_of("http://shabestan.ir/detail/Photo/690010") == "690010"
    assert shabestan.address("1001756") == "https://shabestan.news/news/1001756"


TIME = "&#1777&#1779&#1784&#1785/&#1777&#1778/&#1777&#1785 , &#1777&#1784:&#1778"
ITEM = f"""<pre dir="rtl"><span dir="ltr" class="ContentTime{{n}}">{TIME}{{m}} </span>
<a class="ContentLink{{n}}" href='NewsPrint.aspx?NewsID=127000{{code}} ' class="x"><span>خبر</span></a></pre>"""


def test_the_lines_of_a_text_edition_have_dates_in_references_without_semicolons() -> None:
    html = "<div>" + ITEM.format(n="One", m="&#1780", code=1) + ITEM.format(n="Tow", m="&#1778", code=2) + "</div>"
    items = Selector(html).xpath(Hypermedia.listing.section[0]).css(Hypermedia.listing.item)
    assert [item.css(Hypermedia.listing.date[0]).get("").split()[0] for item in items] == ["۱۳۸۹/۱۲/۱۹", "۱۳۸۹/۱۲/۱۹"]
    assert [item.css("a::attr(href)").get("").strip()[-7:] for item in items] == ["1270001", "1270002"]


def test_days_of_the_year_change_with_the_calendar() -> None:
    found = read_page(page(date="سه شنبه ۲۹ اسفند ۱۳۹۶")).published
    assert found is not None
    assert found.date() == date(2018, 3, 20)
