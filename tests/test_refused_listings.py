"""A feed or sitemap that is refused is counted and told, and no day is claimed to be whole because of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from scrapy.http import TextResponse

from crawler.agencies import spider_class
from crawler.items import Walked
from crawler.walk import Sweep

if TYPE_CHECKING:
    from crawler.spider import AgencySpider

DAYS = (date(2020, 12, 5), date(2020, 12, 7))
HOME = "https://shabestan.news"
PLAIN = f"<urlset><url><loc>{HOME}/news/12/a</loc><lastmod>2020-12-06</lastmod></url></urlset>"
POISONED = f'<!DOCTYPE x [<!ENTITY a "ha">]>{PLAIN}'
SAID = f"{HOME}/sitemap.xml was refused: it declares XML entities, which no listing needs."


@pytest.fixture
def spider() -> AgencySpider:
    made: AgencySpider = spider_class("shabestan")()
    return made


def answer(body: str) -> TextResponse:
    return TextResponse(f"{HOME}/sitemap.xml", body=body.encode(), encoding="utf-8")


def swept(spider: AgencySpider, body: str) -> list[Any]:
    """What becomes of a span whose one sitemap says this."""
    sweep = Sweep(*DAYS, found=DAYS)
    assert sweep.ask(f"{HOME}/sitemap.xml")
    return list(spider.parse_leaf(answer(body), sweep))


def test_a_sitemap_that_is_read_names_articles_and_claims_its_days(spider: AgencySpider) -> None:
    page, claim = swept(spider, PLAIN)
    assert page.url == f"{HOME}/news/12/a"
    assert claim == Walked(first=DAYS[0], last=DAYS[1])
    assert (spider.found["failed"], list(spider.reasons)) == (0, [])


def test_a_sitemap_that_is_refused_names_nothing_and_claims_no_day(spider: AgencySpider) -> None:
    assert swept(spider, POISONED) == []
    assert (spider.found["failed"], list(spider.reasons)) == (1, [SAID])


@pytest.mark.parametrize("parse", ["parse_feed", "parse_sitemap"])
def test_what_names_the_newest_is_refused_likewise(parse: str, spider: AgencySpider) -> None:
    assert list(getattr(spider, parse)(answer(POISONED))) == []
    assert (spider.found["failed"], spider.found["links"], list(spider.reasons)) == (1, 0, [SAID])
