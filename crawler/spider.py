"""The spider behind every agency: it asks for what is listed and yields what the pages hold. It knows no archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

import scrapy
from scrapy.exceptions import IgnoreRequest

from crawler import agencies
from crawler.answers import ABSENT_STATUS, BLOCKED_STATUS, NOT_MODIFIED, header, status_of, why
from crawler.budget import Budget
from crawler.dates import TEHRAN, read_day
from crawler.errors import (
    EmptyPageError,
    InterstitialError,
    NotAnArticleError,
    SoftNotFoundError,
    UnreadableDateError,
    UsageError,
)
from crawler.finding import Finding
from crawler.items import Article, Fetched, Link, Missed, Page, Still
from crawler.listing import Reader
from crawler.page import read_page
from crawler.urls import Home, host_of, is_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from crawler.items import State
    from crawler.markup import Selectors

PAGE_PRIORITY = 10  # articles go before the next page of a listing: the frontier stays small

# What a page without an article, or an answer without a page, means for the ledger; narrow before wide.
STATE_OF_ERROR: tuple[tuple[type[NotAnArticleError], State], ...] = (
    (InterstitialError, "blocked"),
    (SoftNotFoundError, "gone"),
    (EmptyPageError, "failed"),
    (NotAnArticleError, "refused"),
)
UNREAD = frozenset({"failed", "refused"})  # states of pages that were served, and in which we found nothing
STATE_OF_STATUS: dict[int, State] = {
    **dict.fromkeys(range(300, 400), "refused"),  # a redirect that leads off the web, or in circles
    **dict.fromkeys(ABSENT_STATUS, "gone"),
    **dict.fromkeys(BLOCKED_STATUS, "blocked"),
}


class AgencySpider(Finding, scrapy.Spider):
    """One agency. A family says how its listings are addressed; an agency's file, who it is."""

    title: str
    home: str
    domains: ClassVar[tuple[str, ...]] = ()
    addresses: ClassVar[tuple[str, ...]] = ()
    topics: ClassVar[str] = ""  # the numbers of its sections, as its listings and feeds take them
    day_in_code: ClassVar[bool] = False
    proven: ClassVar[tuple[agencies.Fact, ...]] = ()
    delay: ClassVar[float | None] = None  # seconds between requests, where the default is too fast for the site
    page: ClassVar[Selectors]
    undeclared: ClassVar[agencies.Agency | None] = None  # who is crawled, where no file in spiders/ says it

    def __init__(self, home: str | None = None, **arguments: Any) -> None:
        """``home`` stands in for the agency's own; ``from`` and ``to`` are days; ``budget`` is shared with others."""
        super().__init__()
        self.agency = self.undeclared or agencies.agency(self.name)
        self.site = Home(self.agency.origin, agencies.home_url(home) if home else None)
        self.reader = Reader(self.agency, self.site)
        self.today = datetime.now(TEHRAN).date()
        self.first, self.last = window(arguments.get("from"), arguments.get("to"), self.today)
        self.budget: Budget = arguments.get("budget") or Budget()
        # What the gate says of the archive before the start; without an archive nothing is known.
        self.known_until: date | None = None
        self.complete: frozenset[date] = frozenset()
        self.gaps: tuple[date, ...] = ()

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The agency's own pace: what is set for a run beats it, robots.txt does not."""
        super().update_settings(settings)
        if cls.delay is not None:
            settings.set("DOWNLOAD_DELAY", cls.delay, priority="spider")

    def may_ask(self, url: str) -> bool:
        """Our own hosts, those that serve our feeds for us, and exactly the stand-in's host and port."""
        if self.site.stand_in and self.site.to_own(url) != url:
            return True
        host = host_of(url)
        ours = any(host == own or host.endswith("." + own) for own in self.agency.hosts)
        return is_web(url) and (ours or host in map(host_of, filter(is_web, self.feeds)))

    async def start(self) -> AsyncIterator[Any]:
        for request in self.first_requests():
            yield request

    def ask_page(self, link: Link) -> scrapy.Request:
        """The page of a link; the gate lets it through where the ledger says that it is due."""
        return scrapy.Request(
            self.site.to_fetch(link.url),
            self.parse,
            errback=self.page_failed,
            meta={"link": link},
            priority=PAGE_PRIORITY,
            dont_filter=True,
        )

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        """An article with its page, or the reason why there is none."""
        link: Link = response.meta["link"]
        if response.status == NOT_MODIFIED:
            yield Still(link=link)
            return
        url = self.site.to_own(response.url) if "redirect_urls" in response.meta else link.url
        try:
            article = read_page(response.body, url)
        except NotAnArticleError as error:
            state = next(state for kind, state in STATE_OF_ERROR if isinstance(error, kind))
            unread = self._page(response, url) if state in UNREAD else None
            yield Missed(link=link, state=state, reason=str(error), status=response.status, page=unread)
            return
        landed = self.agency.code_of(url)
        if landed is not None and landed != link.news_code:
            yield Missed(
                link=link, state="refused", reason=f"Its address leads to article {landed}.", status=response.status
            )
            return
        article = self._own(article, link, url)
        yield Fetched(article=article, page=self._page(response, article.url or url), link=link)

    def page_failed(self, failure: Failure) -> Iterator[Missed]:
        """What became of a listed article whose page could not be had."""
        link: Link = failure.request.meta["link"]  # type: ignore[attr-defined]  # Scrapy sets it
        status = status_of(failure)
        unanswered: State = "refused" if isinstance(failure.value, IgnoreRequest) else "failed"
        state = unanswered if status is None else STATE_OF_STATUS.get(status, "failed")
        yield Missed(link=link, state=state, reason=f"The page could not be had: {why(failure)}.", status=status)

    def _own(self, article: Article, link: Link, url: str) -> Article:
        """The article under its agency, listed code and canonical address; a mirror's links are mapped back."""
        address = article.url if article.agency == self.name and article.url else self.agency.canonical(url)
        image = article.image and self.site.to_own(article.image)
        return replace(article, agency=self.name, news_code=link.news_code, url=address, image=image)

    def _page(self, response: Response, address: str) -> Page:
        return Page(
            url=address,
            fetched_at=datetime.now(UTC),
            body=response.body,
            status=response.status,
            content_type=header(response, "Content-Type"),
            etag=header(response, "ETag"),
            last_modified=header(response, "Last-Modified"),
        )


def window(first: str | date | None, last: str | date | None, today: date) -> tuple[date | None, date | None]:
    """(first, last) days of a crawl, both inclusive: from a day to today, or up to a day that is a day's crawl.

    Raises UsageError for a day that cannot be read and for a window that ends before it begins.
    """
    begin, end = _day(first), _day(last)
    if begin is None and end is None:
        return None, None
    begin, end = begin or end, end or today
    if begin is None or end < begin:
        raise UsageError(f"The window ends ({end}) before it begins ({begin}): give --from the earlier day.")
    return begin, end


def _day(written: str | date | None) -> date | None:
    try:
        return read_day(written) if isinstance(written, str) else written
    except UnreadableDateError as error:
        raise UsageError(str(error)) from error
