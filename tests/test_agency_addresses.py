"""Addresses that were seen: whose they are, the code in them, and the listing of a day as the site writes it."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.agencies import agency, agency_at, spider_class
from crawler.items import Link
from crawler.listing import Reader
from crawler.urls import Home

DAY = date(2020, 12, 7)  # 17 Azar 1399


@pytest.mark.parametrize(
    ("url", "name", "code"),
    [
        ("https://shabestan.news/news/1020709/x", "shabestan", "1020709"),
        ("http://fars.shabestan.ir/detail/Photo/1001756", "shabestan", "1001756"),
        ("https://www.mehrnews.com/news/6012345/x", "mehr", "6012345"),
        ("https://mehrnews.ir/news/6012345", "mehr", "6012345"),
        ("https://www.irna.ir/news/85012345/x", "irna", "85012345"),
        ("https://www.isna.ir/news/1403092215977/x", "isna", "1403092215977"),
        ("https://www.isna.ir/fa/news/1403092215977", "isna", "1403092215977"),
        ("https://www.khabaronline.ir/live/1900001/x", "khabaronline", "1900001"),
        ("https://www.khabaronline.ir/media/1900002/x", "khabaronline", "1900002"),
        ("https://www.hamshahrionline.ir/news/820001", "hamshahri", "820001"),
        ("https://www.mashreghnews.ir/news/1600001/x", "mashregh", "1600001"),
        ("https://mshrgh.ir/1600001", "mashregh", "1600001"),
        ("https://www.imna.ir/news/1005269/x", "imna", "1005269"),
        ("https://www.shana.ir/news/650001/x", "shana", "650001"),
        ("https://www.hawzahnews.com/news/1200001/x", "hawzah", "1200001"),
        ("https://fa.abna24.com/news/1400001/x", "abna", "1400001"),
        ("https://www.qudsonline.ir/news/1000001/x", "quds", "1000001"),
        ("https://www.ettelaat.com/news/60001/x", "ettelaat", "60001"),
        ("https://www.icana.ir/news/570001/x", "icana", "570001"),
        ("https://www.tabnak.ir/fa/news/1200001/x", "tabnak", "1200001"),
        ("https://www.asriran.com/fa/news/990001/x", "asriran", "990001"),
        ("https://www.yjc.ir/fa/news/8700001", "yjc", "8700001"),
        ("https://www.yjc.news/fa/news/7700001/x", "yjc", "7700001"),
        ("https://www.mizanonline.ir/fa/news/4800001/x", "mizan", "4800001"),
        ("https://iqna.ir/fa/news/4200001/x|y", "iqna", "4200001"),
        ("https://snn.ir/fa/news/1200001/x", "snn", "1200001"),
        ("https://www.ana.press/fa/news/800001/x", "ana", "800001"),
        ("https://www.entekhab.ir/fa/news/800001/x", "entekhab", "800001"),
        ("https://fararu.com/fa/news/700001", "fararu", "700001"),
        ("https://rasanews.ir/fa/news/700001/x", "rasa", "700001"),
        ("https://kayhan.ir/fa/news/270001/x", "kayhan", "270001"),
        ("https://www.javanonline.ir/fa/news/1200001/x", "javan", "1200001"),
        ("https://defapress.ir/fa/news/600001/x", "defapress", "600001"),
        ("https://basijnews.ir/fa/news/9500001/x", "basijnews", "9500001"),
        ("https://jamejamonline.ir/fa/news/1400001/x", "jamejam", "1400001"),
        ("https://www.irib-news.ir/fa/news/4100001/x", "iribnews", "4100001"),
        ("https://www.ilna.ir/fa/tiny/news-1839818", "ilna", "1839818"),
        ("https://www.ilna.ir/بخش-سیاسی-3/1839818-x", "ilna", "1839818"),
        ("https://www.donya-e-eqtesad.com/%D8%A8%D8%AE%D8%B4-96/3885539-x", "donya", "3885539"),
        ("https://www.etemadonline.com/tiny/news-793433", "etemad", "793433"),
        ("https://www.etemadonline.com/793433", "etemad", "793433"),
        ("https://www.etemadonline.com/بخش-حوادث-68/643607-x", "etemad", "643607"),
        ("https://www.eghtesadonline.com/fa/news/2000001/x", "eghtesadonline", "2000001"),
        ("https://www.pana.ir/news/1500001", "pana", "1500001"),
        ("https://www.tasnimnews.com/fa/news/1403/11/10/3247000/x", "tasnim", "3247000"),
        ("https://www.tasnimnews.ir/fa/media/1403/11/10/3247001/x", "tasnim", "3247001"),
        ("https://tn.ai/3247000", "tasnim", "3247000"),
        ("https://www.farsnews.ir/news/14000917000123/x", "fars", "14000917000123"),
        ("https://www.farsnews.com/fars/news/13990917000123/x", "fars", "13990917000123"),
        ("https://www.varzesh3.com/news/2100001/x", "varzesh3", "2100001"),
        ("https://www.zoomit.ir/space/430001-x-y/", "zoomit", "430001"),
        ("https://www.bbc.com/persian/articles/c5y2z3x4w7vo", "bbcpersian", "c5y2z3x4w7vo"),
        ("https://www.bbc.com/persian/articles/c5y2z3x4w7vo.amp", "bbcpersian", "c5y2z3x4w7vo"),
        ("https://www.radiofarda.com/a/x-y/33200001.html", "radiofarda", "33200001"),
        ("https://www.radiofarda.com/a/33200001.html", "radiofarda", "33200001"),
        ("https://www.iranintl.com/202412127890", "iranintl", "202412127890"),
        ("https://www.dw.com/fa-ir/x/a-71000000", "dw", "71000000"),
        ("https://p.dw.com/fa-ir/x/a-71000000", "dw", "71000000"),
        ("https://parsi.euronews.com/2025/12/14/iran-water", "euronews", "2025/12/14/iran-water"),
        ("https://nournews.ir/fa/news/260001/x", "nournews", "260001"),
        ("https://inn.ir/news/article/120001", "inn", "120001"),
    ],
)
def test_an_address_that_was_seen_is_its_agencys_and_names_its_code(url: str, name: str, code: str) -> None:
    found = agency_at(url)
    assert found is not None
    assert (found.name, found.code_of(url)) == (name, code)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.bbc.com/sport/articles/c5y2z3x4w7vo",
        "https://www.bbc.com/persians/articles/c5y2z3x4w7vo",
        "https://www.bbc.com/",
        "https://www.dw.com/de/themen/a-71000000",
        "https://learningenglish.voanews.com/a/7900001.html",
        "https://en.abna24.com/news/1400001/x",
        "https://en.mehrnews.com/news/226001/x",
        "https://www.euronews.com/2025/12/14/x",
        "https://evilirna.ir/news/85000001",
        "https://mrud.ir/news/7",
        "https://example.org/news/7",
    ],
)
def test_a_neighbour_is_nobody_we_know(url: str) -> None:
    assert agency_at(url) is None


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("shabestan", "/archive?pi=1&ms=0&dy=17&mn=9&yr=1399"),
        ("mehr", "/archive?pi=1&ms=0&dy=17&mn=9&yr=1399"),
        ("ettelaat", "/archive?pi=1&ms=0&dy=17&mn=9&yr=1399"),
        ("tabnak", "/fa/archive?service_id=-1&sec_id=-1&cat_id=-1&rpp=100&from_date=1399/09/17&to_date=1399/09/17&p=1"),
        ("kayhan", "/fa/archive?service_id=-1&sec_id=-1&cat_id=-1&rpp=100&from_date=1399/09/17&to_date=1399/09/17&p=1"),
        (
            "shargh",
            (
                "/newsstudios/archive/?curp=1&page=1&order=publish_time"
                "&dateRange%5Bstart%5D%5Bday%5D=17&dateRange%5Bstart%5D%5Bmonth%5D=09&dateRange%5Bstart%5D%5Byear%5D=1399"
                "&dateRange%5Bend%5D%5Bday%5D=17&dateRange%5Bend%5D%5Bmonth%5D=09&dateRange%5Bend%5D%5Byear%5D=1399"
            ),
        ),
        ("tasnim", "/fa/archive?sub=-1&service=-1&page=1&date=1399%2F9%2F17"),
        ("fars", "/archive?cat=-1&subcat=-1&date=1399/9/17&p=1"),
        ("euronews", "/2020/12/07"),
    ],
)
def test_the_listing_of_a_day_is_written_as_the_agency_writes_it(name: str, path: str) -> None:
    assert spider_class(name)().archive_path(0, 1, DAY, DAY) == path


@pytest.mark.parametrize(
    ("name", "code", "day"),
    [
        ("isna", "1403092215977", date(2024, 12, 12)),
        ("isna", "98030903723", None),  # as they were until 1399
        ("iranintl", "202412127890", date(2024, 12, 12)),
        ("fars", "14000917000123", date(2021, 12, 8)),
        ("mehr", "14030922", None),
    ],
)
def test_a_code_that_begins_with_a_day_dates_a_link_that_says_none(name: str, code: str, day: date | None) -> None:
    one = agency(name)
    url = one.address(code)
    feed = f"<rss><item><link>{url}</link></item></rss>".encode()
    assert Reader(one, Home(one.origin)).feed(feed, one.home) == (Link(url=url, news_code=code, day=day, via="feed"),)
