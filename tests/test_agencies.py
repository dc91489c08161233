"""The one contract of all agencies: what each file declares is known, and its addresses are found and built."""

from __future__ import annotations

import ast
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from scrapy.settings import Settings

from crawler.agencies import Fact, agency_at, all_agencies, spider_class
from crawler.markup import markup_of
from crawler.spider import AgencySpider
from crawler.urls import is_web, path_of

if TYPE_CHECKING:
    from crawler.agencies import Agency

SPIDERS = Path(__file__).parent.parent / "spiders"
DAY, NEXT_DAY, TODAY = date(2020, 12, 7), date(2020, 12, 8), date(2026, 11, 23)  # 17 and 18 Azar 1399, 2 Azar 1405

# A code as each family writes it; elsewhere a number, or the path where there is none.
CODES = {
    "bbc": "c5y2z3x4w7vo",
    "euronews": "2025/12/14/iran-water",
    "fars": "14000917000123",
}


@cache
def spider_of(one: Agency) -> Any:
    return spider_class(one.name)()


def declared(name: str) -> set[str]:
    """The names that a spider's file assigns."""
    (node,) = [node for node in ast.parse((SPIDERS / f"{name}.py").read_bytes()).body if isinstance(node, ast.ClassDef)]
    return {target.id for line in node.body if isinstance(line, ast.Assign) for target in line.targets}  # type: ignore[attr-defined]


def test_every_file_is_an_agency_of_its_name() -> None:
    assert [one.name for one in all_agencies()] == sorted(path.stem for path in SPIDERS.glob("[!_]*.py"))
    assert [spider_class(one.name).name for one in all_agencies()] == [one.name for one in all_agencies()]


def test_a_file_declares_nothing_that_its_spider_does_not_know() -> None:
    known = {name for above in AgencySpider.__mro__ for name in vars(above).get("__annotations__", ())}
    unknown = {
        one.name: strange
        for one in all_agencies()
        if (strange := {it for it in declared(one.name) - known if not hasattr(spider_class(one.name).__base__, it)})
    }
    assert unknown == {}


def test_what_is_read_of_a_file_without_running_it_is_what_its_spider_is() -> None:
    for one in all_agencies():
        spider = spider_class(one.name)
        assert (spider.title, spider.home, spider.domains) == (one.title, one.home, one.domains)
        assert (spider.addresses, spider.proven, spider.topics) == (one.addresses, one.proven, one.topics)
        assert (spider.day_in_code, spider.page) == (one.day_in_code, one.page or markup_of(one.family).page)


def test_a_home_is_a_secure_address_and_a_title_says_something() -> None:
    assert [one.name for one in all_agencies() if not one.home.startswith("https://") or one.home.endswith("/")] == []
    assert [one.name for one in all_agencies() if not one.title.strip()] == []


def test_what_is_proven_is_told_in_one_order_and_in_known_words() -> None:
    words = get_args(Fact)
    assert [one.name for one in all_agencies() if list(one.proven) != [it for it in words if it in one.proven]] == []


def test_what_is_proven_of_a_listing_is_one_that_the_spider_asks_for() -> None:
    def asks(one: Agency) -> set[str]:
        spider = spider_of(one)
        return {
            *(["feed"] if spider.feeds or spider.home_names_feeds else []),
            *(["recent_sitemap"] if spider.recent_sitemaps else []),
            *(["sitemaps"] if spider.sitemap_paths(DAY, DAY, TODAY) else []),
            *(["archive"] if spider.archive_forms else []),
        }

    unasked = {one.name: left for one in all_agencies() if (left := {*one.proven} - {"address"} - asks(one))}
    assert unasked == {}


def test_the_address_of_a_code_is_recognised_and_its_code_found() -> None:
    for one in all_agencies():
        path = f"{path_of(one.home)}/news/x" if one.family == "generic" else None
        code = path or CODES.get(one.family, "1234567")
        url = one.address(code)
        assert (url, agency_at(url), one.code_of(url), one.canonical(url)) == (url, one, code, url)


def test_no_two_agencies_claim_one_address() -> None:
    claimed = [
        (one.name, other.name)
        for one in all_agencies()
        for place in one.places
        for other in all_agencies()
        if other is not one and other.owns(f"https://{place.host}{place.path}/news/7")
    ]
    assert claimed == []
    for one in all_agencies():
        assert [agency_at(f"https://www.{place.host}{place.path}/x") for place in one.places] == [one] * len(one.places)


def test_a_listing_is_built_for_a_day() -> None:
    """Of another day it is another one, and it stands on the agency's own hosts."""
    for one in all_agencies():
        spider = spider_of(one)
        for form in range(len(spider.archive_forms)):
            paths = {spider.archive_path(form, number, day, day) for number in (1, 2) for day in (DAY, NEXT_DAY)}
            assert (one.name, len(paths)) == (one.name, 4)
            assert all(spider.may_ask(spider.site.base + path) for path in paths)
        asked = (*spider.feeds, *spider.recent_sitemaps, *spider.sitemap_paths(DAY, DAY, TODAY))
        urls = [path if is_web(path) else spider.site.base + path for path in asked]
        assert [url for url in urls if not spider.may_ask(url)] == []


def test_an_agencys_own_pace_is_slower_than_the_default() -> None:
    assert [one.name for one in all_agencies() if (spider_of(one).delay or 4) < 2] == []


@pytest.mark.parametrize(
    ("name", "given", "seconds"),
    [("irna", None, 4.0), ("irna", 0.5, 0.5), ("mehr", None, 1.0), ("mehr", 0.5, 0.5)],
)
def test_the_delay_of_a_file_beats_the_default_and_not_what_is_set_for_a_run(
    name: str, given: float | None, seconds: float
) -> None:
    settings = Settings()
    settings.setmodule("crawler.settings")
    if given is not None:
        settings.set("DOWNLOAD_DELAY", given, priority="cmdline")
    spider_class(name).update_settings(settings)
    assert settings.getfloat("DOWNLOAD_DELAY") == seconds
