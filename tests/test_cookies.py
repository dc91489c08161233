"""Cookies are kept, for the site that may set them alone, and nobody is asked who that is."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from scrapy.downloadermiddlewares import cookies
from scrapy.http import HtmlResponse, Request
from scrapy.utils.test import get_crawler
from tldextract import TLDExtract

from crawler.cookies import Cookies

SET = [
    ("of the host itself", "https://news.example.co.ir/1", "seen=1", b"seen=1"),
    ("of its domain", "https://news.example.co.ir/1", "seen=1; Domain=example.co.ir", b"seen=1"),
    ("of all Iran's companies", "https://news.example.co.ir/1", "seen=1; Domain=co.ir", None),
    ("of another site", "https://news.example.co.ir/1", "seen=1; Domain=other.ir", None),
]


@pytest.mark.parametrize(("whose", "url", "line", "sent"), SET, ids=[one[0] for one in SET])
def test_a_cookie_goes_back_to_whom_it_belongs_and_no_name_is_looked_up(
    whose: str, url: str, line: str, sent: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*given: Any, **_named: Any) -> Any:
        raise AssertionError(f"{given} was asked")

    scrapys = TLDExtract(include_psl_private_domains=True, cache_dir=None)  # as Scrapy makes it, on a new machine
    monkeypatch.setattr(cookies, "_split_domain", scrapys)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    made = Cookies.from_crawler(get_crawler(settings_dict={"COOKIES_ENABLED": True}))
    asked = Request(url)
    made.process_response(asked, HtmlResponse(url, headers={"Set-Cookie": line}))
    again = Request(url)
    made.process_request(again)
    assert (again.headers.get("Cookie"), whose) == (sent, whose)
