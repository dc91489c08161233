from __future__ import annotations

import pytest

from crawler.agencies import agency, agency_at, home_url
from crawler.errors import UsageError
from crawler.urls import Home

SLUG = "\u062d\u0636\u0648\u0631-\u0634\u06cc\u0631\u0627\u0632"
ENCODED = "%D8%AD%D8%B6%D9%88%D8%B1-%D8%B4%DB%8C%D8%B1%D8%A7%D8%B2"
CANONICAL = f"https://shabestan.news/news/1001756/{SLUG}"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (CANONICAL, CANONICAL),
        (f"https://shabestan.news/news/1001756/{ENCODED}", CANONICAL),
        (f"http://www.shabestan.news/news/1001756/{ENCODED}?utm=x#comments", CANONICAL),
        (f"https://shabestan.news/news/1001756/{SLUG}/", CANONICAL),
        ("https://shabestan.news/news/1001756", "https://shabestan.news/news/1001756"),
        ("https://shabestan.news/amp/1001756/", "https://shabestan.news/news/1001756"),
        ("https://shabestan.news/photo/1001760/x", "https://shabestan.news/photo/1001760/x"),
        ("http://shabestan.ir/detail/News/1001756", "https://shabestan.news/news/1001756"),
        ("http://fars.shabestan.ir/detail/Photo/1001756", "https://shabestan.news/news/1001756"),
        ("https://shabestan.news/archive?pi=2#top", "https://shabestan.news/archive?pi=2"),
        ("https://example.org/news/1/x", "https://example.org/news/1/x"),
        ("https://shabestan.news/news/7/a%2Fb%3Fc", "https://shabestan.news/news/7/a%2Fb%3Fc"),
    ],
)
def test_all_spellings_of_an_address_are_one(written: str, canonical: str) -> None:
    assert agency("shabestan").canonical(written) == canonical


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (CANONICAL, "1001756"),
        ("http://fars.shabestan.ir/detail/News/1001756", "1001756"),
        ("https://shabestan.news/service/city", None),
        ("https://mehrnews.com/news/1001756", None),
        ("https://evilshabestan.news/news/1001756", None),
        ("https://shabestan.news/news/1001756x", None),
        ("http://[broken/news/1", None),
        ("", None),
    ],
)
def test_the_code_of_an_address_is_found_only_in_the_agencys_own(written: str, code: str | None) -> None:
    assert agency("shabestan").code_of(written) == code


def test_an_address_is_recognised_by_its_host_and_any_sub_domain() -> None:
    assert agency_at("http://khorasan.shabestan.ir/x") == agency("shabestan")
    assert agency_at("https://www.shabestan.news/") == agency("shabestan")
    assert agency_at("https://example.org/") is None


def test_a_mirror_stands_in_for_the_home_and_its_links_are_mapped_back() -> None:
    home = Home("https://shabestan.news", "http://127.0.0.1:8000")
    assert home.to_fetch(CANONICAL) == f"http://127.0.0.1:8000/news/1001756/{SLUG}"
    assert home.to_own("http://127.0.0.1:8000/news/7/x?a=1") == "https://shabestan.news/news/7/x?a=1"
    assert home.to_own("http://127.0.0.1:8001/news/7") == "http://127.0.0.1:8001/news/7"
    assert home.join("/news/7", "http://127.0.0.1:8000/archive") == "https://shabestan.news/news/7"
    assert home.join("https://example.org/a") == "https://example.org/a"


@pytest.mark.parametrize("written", ["", "shabestan.news", "ftp://a.ir", "http://", "http://a.ir:99999", "file:///etc"])
def test_a_home_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is no home"):
        home_url(written)


def test_an_unknown_agency_is_refused_with_near_names() -> None:
    with pytest.raises(UsageError, match="did you mean shabestan"):
        agency("shabestn")
