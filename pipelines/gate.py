"""The gate between spider and network: every listed article is a row of the ledger before its page is asked for."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.spidermiddlewares.httperror import HttpError

from bayegan.archive import ledger
from crawler.answers import NOT_MODIFIED, asking_still, header
from crawler.items import Link, Missed
from pipelines.run import Run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response


logger = logging.getLogger(__name__)

OK = 200


class LedgerGate:
    """Asks the ledger what is due and lets only that through."""

    def __init__(self, crawler: Crawler) -> None:
        self.run = Run.of(crawler)
        self.spider = self.run.spider
        self.limit = crawler.settings.getint("BAYEGAN_LIMIT") or None
        days = crawler.settings.getint("BAYEGAN_RECHECK")
        self.recheck = self.spider.today - timedelta(days=days) if days else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What earlier runs left open comes first, then what the spider asks for."""
        for request in self._let(self._begin()):
            yield request
        async for asked in start:
            for request in self._pass([asked]):
                yield request

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """One callback's whole output at once: its links are written down in one transaction."""
        if response.meta.get("conditional") and response.status == OK:
            self.run.validators[response.url] = (header(response, "ETag"), header(response, "Last-Modified"))
        for passed in self._pass([one async for one in result]):
            yield passed

    def process_spider_exception(self, response: Response, exception: Exception) -> list[Any]:
        """A fault of ours on one page costs that page alone, and is told; what a site answers is no fault."""
        if isinstance(exception, HttpError):
            return []
        logger.error("%s could not be read", response.url, exc_info=exception)
        reason = f"Our reader failed on it ({type(exception).__name__}: {exception}): please report it."
        if isinstance(link := response.meta.get("link"), Link):
            return [Missed(link=link, state="failed", reason=reason, status=response.status)]
        self.spider.found["failed"] += 1
        self.spider.reasons[f"{response.url}: {reason}"] = None
        return []

    def _begin(self) -> list[Link]:
        with suppress(DropItem), self.run.guarding():
            self._tell()
            return list(self._open())
        return []  # the archive failed, and the run is ending

    def _tell(self) -> None:
        """What the archive knows before the start."""
        if (conn := self.run.conn) is None:
            return
        spider = self.spider
        spider.known_until = ledger.last_complete_day(conn, spider.name)
        if spider.first and spider.last:
            spider.complete = ledger.complete_days(conn, spider.name, spider.first, spider.last)

    def _open(self) -> Iterator[Link]:
        if (conn := self.run.conn) is None:
            return
        yield from ledger.open_links(conn, self.spider.name, self.spider.first, self.spider.last)
        if self.recheck is not None:
            yield from ledger.held_since(conn, self.spider.name, self.recheck)

    def _pass(self, results: list[Any]) -> list[Any]:
        with suppress(DropItem), self.run.guarding():
            return list(self._sorted(results))
        return []  # the archive failed, and the run is ending

    def _sorted(self, results: list[Any]) -> Iterator[Any]:
        links = [result.meta["link"] for result in results if _is_page(result)]
        wanted = self._note(links) if links else set()
        for result in results:
            if _is_page(result):
                if result.meta["link"].news_code in wanted:
                    yield from self._let([result.meta["link"]], result)
            elif isinstance(result, Request):
                yield from self._listing(result)
            else:
                yield result

    def _note(self, links: list[Link]) -> set[str]:
        codes = [link.news_code for link in links]
        self.run.listed.update(codes)
        if not self.run.dry:
            return self.run.ledger.note(links, datetime.now(UTC), self.recheck)
        if (conn := self.run.conn) is None:
            return set(codes)
        return ledger.unknown(conn, self.spider.name, codes) | ledger.due(conn, self.spider.name, codes, self.recheck)

    def _let(self, links: Iterable[Link], request: Request | None = None) -> Iterator[Request]:
        """Each article once in a run, and no more of them than were asked for; a dry run only takes note."""
        for link in links:
            if link.news_code in self.run.asked:
                continue
            if self._full():
                self.run.cut = True
                continue
            self.run.asked.add(link.news_code)
            self.spider.found["asked"] += 1
            if self.run.dry:
                self.run.due[link.url] = None
            else:
                yield self._page(request or self.spider.ask_page(link), link)

    def _page(self, request: Request, link: Link) -> Request:
        """A page that is visited again is asked for only if it is not what we have of it."""
        if self.recheck is not None and self.run.conn is not None:
            said = asking_still(*ledger.page_validators(self.run.conn, self.spider.name, link))
            request.headers.update(said)
            request.meta["handle_httpstatus_list"] = [NOT_MODIFIED] if said else []
        return request

    def _listing(self, request: Request) -> Iterator[Request]:
        """Where enough was asked for, no further listing; a conditional one says what we have of it."""
        if self._full():
            self.run.cut = True
            return
        if request.meta.get("conditional") and self.run.conn is not None:
            request.headers.update(asking_still(*ledger.validators(self.run.conn, request.url)))
        yield request

    def _full(self) -> bool:
        return self.limit is not None and len(self.run.asked) >= self.limit


def _is_page(result: Any) -> bool:
    return isinstance(result, Request) and isinstance(result.meta.get("link"), Link)
