from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser
from scrapy.settings import Settings

from crawler import manners
from crawler.agencies import spider_class
from crawler.manners import OnSite, PatientRetry, Signature, crawl_delay, retry_after

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def settings(**changes: str) -> Settings:
    made = Settings()
    made.setmodule("crawler.settings")
    made.update(changes, priority="cmdline")
    return made


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("7", 7.0),
        ("Mon, 23 Nov 2026 06:02:00 GMT", 120.0),
        ("Mon, 23 Nov 2026 05:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-3", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date(written: str, seconds: float | None) -> None:
    response = Response("https://shabestan.news", status=503, headers={"Retry-After": written} if written else {})
    assert retry_after(response, NOW) == seconds


@pytest.mark.parametrize(
    ("contact", "name"),
    [
        ("", r"^bayegan/\S+ \(news archive\)$"),
        ("archive@example.org", r"^bayegan/\S+ \(news archive\) contact: archive@example\.org$"),
    ],
)
def test_the_user_agent_says_who_we_are(contact: str, name: str) -> None:
    request = Request("https://shabestan.news")
    Signature(settings(BAYEGAN_CONTACT=contact)).process_request(request)
    assert re.match(name, (request.headers[b"User-Agent"] or b"").decode())


@pytest.mark.parametrize(
    ("robots", "delay"),
    [
        (b"User-agent: *\nCrawl-delay: 4", 4.0),
        (b"User-agent: bayegan\nCrawl-delay: 2.5\n\nUser-agent: *\nCrawl-delay: 9", 2.5),
        (b"User-agent: *\nDisallow: /search", None),
        (b"\xff\xfe no robots at all", None),
    ],
)
def test_a_crawl_delay_is_read_for_our_agent(robots: bytes, delay: float | None) -> None:
    assert crawl_delay(ProtegoRobotParser(robots, None), "bayegan") == delay


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://127.0.0.1:8000/news/1", True),
        ("http://127.0.0.1:8001/news/1", False),
        ("http://localhost:8000/news/1", False),
        ("https://shabestan.news/news/1", True),
        ("http://fars.shabestan.ir/detail/News/1", True),
        ("https://shabestan.news.evil.example/news/1", False),
        ("https://evilshabestan.news/", False),
        ("ftp://shabestan.news/x", False),
        ("file:///etc/passwd", False),
        ("http://10.0.0.1/", False),
    ],
)
def test_requests_stay_on_the_agencys_hosts_and_its_stand_in(url: str, *, allowed: bool) -> None:
    spider = spider_class("shabestan")(home="http://127.0.0.1:8000")
    gate = OnSite(cast("Crawler", SimpleNamespace(spider=spider)))
    if allowed:
        gate.process_request(Request(url))
        return
    with pytest.raises(IgnoreRequest, match="leads away from the site"):
        gate.process_request(Request(url))


def test_without_a_stand_in_a_loopback_address_is_refused() -> None:
    gate = OnSite(cast("Crawler", SimpleNamespace(spider=spider_class("shabestan")())))
    with pytest.raises(IgnoreRequest):
        gate.process_request(Request("http://127.0.0.1:8000/"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROBOTSTXT_OBEY", True),
        ("AUTOTHROTTLE_ENABLED", True),
        ("CONCURRENT_REQUESTS_PER_DOMAIN", 1),
        ("DOWNLOAD_DELAY", 1.0),
        ("DOWNLOAD_VERIFY_CERTIFICATES", True),
        ("TELNETCONSOLE_ENABLED", False),
        ("REMOTE_CONTROL_ENABLED", False),
    ],
)
def test_manners_are_the_default(name: str, value: object) -> None:
    assert settings()[name] == value


def test_only_the_web_can_be_asked() -> None:
    handlers = {
        scheme for scheme, handler in settings().getwithbase("DOWNLOAD_HANDLERS").items() if handler is not None
    }
    assert handlers == {"http", "https"}


def _again(request: Request) -> Request | None:
    """As Scrapy does it: the same request, one try more, three times."""
    tries = request.meta["retry_times"] + 1
    return request.replace(meta={"retry_times": tries}) if tries <= 3 else None


@pytest.mark.parametrize(
    ("tries", "header", "waits"),
    [
        (0, {}, [1.0]),
        (1, {}, [2.0]),
        (2, {}, [4.0]),
        (0, {"Retry-After": "7"}, [7.0]),
        (0, {"Retry-After": "86400"}, []),  # more than a run has: the next one tries again
        (3, {}, []),  # four tries are enough
    ],
)
def test_a_busy_site_is_waited_for_with_back_off_or_as_long_as_it_asks(
    monkeypatch: pytest.MonkeyPatch, tries: int, header: dict[str, str], waits: list[float]
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    # In that module alone: the example site of another test may be sleeping in a thread of this process.
    monkeypatch.setattr(manners, "asyncio", SimpleNamespace(sleep=sleep))
    retry = PatientRetry(settings())
    retry.crawler = cast("Crawler", SimpleNamespace(spider=None))
    monkeypatch.setattr(retry, "_retry", lambda request, _reason: _again(request))
    request = Request("https://shabestan.news/news/1", meta={"retry_times": tries})
    answer = asyncio.run(retry.process_response(request, Response(request.url, status=503, headers=header)))
    assert slept == waits
    assert isinstance(answer, Request) == bool(waits)
