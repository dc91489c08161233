"""How we behave towards a site: who we say we are, where we go, how long we wait."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Self, cast
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle

from crawler.refusal import is_interstitial

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser
    from scrapy.settings import BaseSettings

    from crawler.spider import AgencySpider

logger = logging.getLogger(__name__)

DEFAULT_PRIORITY = 20  # of settings that a project sets; what is higher was set for this run or this agency


class Signature:
    """The user agent: honest, and with the contact of whoever runs the crawl."""

    def __init__(self, settings: BaseSettings) -> None:
        contact = settings.get("BAYEGAN_CONTACT")
        self.name = f"{settings['USER_AGENT']} contact: {contact}" if contact else settings["USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings)

    def process_request(self, request: Request) -> None:
        request.headers.setdefault(b"User-Agent", self.name)


class OnSite:
    """Requests and redirects stay on the agency's own hosts, or on exactly the host and port of its stand-in."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        spider = cast("AgencySpider", self.crawler.spider)
        if not spider.may_ask(request.url):
            place = urlsplit(request.url)
            raise IgnoreRequest(f"it leads away from the site, to {place.scheme}://{place.netloc}")
        if "redirect_urls" in request.meta:
            _ask_whole(request)


def _ask_whole(request: Request) -> None:
    """What we have of one address says nothing of another that it leads to."""
    request.headers.pop("If-None-Match", None)
    request.headers.pop("If-Modified-Since", None)
    request.meta["handle_httpstatus_list"] = []


class PatientRetry(RetryMiddleware):
    """Retries with back-off, for as long as Retry-After asks; a block page with status 200 is retried like a 503."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self.backoff = settings.getfloat("BAYEGAN_BACKOFF")
        self.longest = settings.getfloat("BAYEGAN_LONGEST_WAIT")

    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]  # Scrapy awaits either
        if response.status in self.retry_http_codes:
            wait = retry_after(response, datetime.now(UTC))
            if wait is not None and wait > self.longest:
                return response  # the site asks for more time than a run has: the next run tries again
            return await self._later(request, f"HTTP {response.status}", wait) or response
        if response.status == 200 and is_interstitial(response.body):  # noqa: PLR2004  HTTP's OK
            return await self._later(request, "block page", None) or response
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:  # type: ignore[override]
        if isinstance(exception, self.exceptions_to_retry):
            return await self._later(request, exception, None)
        return None

    async def _later(self, request: Request, reason: str | Exception, wait: float | None) -> Request | None:
        if request.meta.get("dont_retry"):
            return None
        again = self._retry(request, reason)
        if again is not None:
            tries = again.meta["retry_times"]
            await asyncio.sleep(self.backoff * 2 ** (tries - 1) if wait is None else wait)
        return again


def retry_after(response: Response, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks for (a number or an HTTP date); None where there is none."""
    written = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    if written.isascii() and written.isdigit():
        return float(written)
    try:
        return max(0.0, (parsedate_to_datetime(written) - now).total_seconds())
    except (TypeError, ValueError):
        return None


class CrawlDelay:
    """robots.txt's Crawl-delay beats the default delay; a delay set for this run or this agency stays."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def robots_parsed(self, robotparser: RobotParser, request: Request, **_: Any) -> None:
        settings = self.crawler.settings
        delay = crawl_delay(robotparser, settings["ROBOTSTXT_USER_AGENT"])
        if delay is None or (settings.getpriority("DOWNLOAD_DELAY") or 0) > DEFAULT_PRIORITY:
            return
        logger.info("robots.txt of %s asks for %s seconds between requests", urlsplit(request.url).netloc, delay)
        self._keep(delay)

    def _keep(self, delay: float) -> None:
        """Every slot waits this long, those to come too, and AutoThrottle never goes below it."""
        downloader = self.crawler.engine.downloader
        downloader._delay = max(downloader._delay, delay)  # noqa: SLF001  as AutoThrottle itself does
        for slot in downloader.slots.values():
            slot.delay = max(slot.delay, delay)
        if (throttle := self.crawler.get_extension(AutoThrottle)) is not None:
            throttle.mindelay = max(throttle.mindelay, delay)
            throttle.maxdelay = max(throttle.maxdelay, delay)


def crawl_delay(robots: RobotParser, agent: str) -> float | None:
    """Crawl-delay in seconds for our agent, as Protego read it; None where robots.txt names none."""
    parsed = getattr(robots, "rp", None)
    delay = parsed.crawl_delay(agent) if parsed is not None and hasattr(parsed, "crawl_delay") else None
    return float(delay) if delay is not None else None
