"""The gate between spider and network: every listed article is a row of the ledger before its page is asked for."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.spidermiddlewares.httperror import HttpError

from bayegan.archive import days, ledger, validators
from crawler.answers import NOT_MODIFIED, asking_still, header
from crawler.items import Link, Missed
from pipelines.run import Run

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response


logger = logging.getLogger(__name__)

OK = 200
SPENT = "The run's pages were spent (--max-pages): what is left stays listed, and the next run goes on."


class LedgerGate:
    """Asks the ledger what is due and lets only that through."""

    def __init__(self, crawler: Crawler) -> None:
        self.run = Run.of(crawler)
        self.spider = self.run.spider
        self.limit = crawler.settings.getint("BAYEGAN_LIMIT") or None
        self.gap_days = crawler.settings.getint("BAYEGAN_GAP_DAYS")
        again = crawler.settings.getint("BAYEGAN_RECHECK")
        self.recheck = self.spider.today - timedelta(days=again) if again else None
        self.at_once = self.spider.first is not None  # whoever names days does not wait

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
        logger.error("%s could not be read", response.url, exc_info=exception, extra={"spider": self.spider})
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
        spider.known_until = days.known_until(conn, spider.name)
        if spider.first and spider.last:
            spider.complete = days.complete_days(conn, spider.name, spider.first, spider.last)
        elif spider.known_until and self.gap_days:
            spider.gaps = days.gaps(conn, spider.name, self.gap_days, spider.known_until, datetime.now(UTC))

    def _open(self) -> Iterator[Link]:
        if (conn := self.run.conn) is None:
            return
        now = datetime.now(UTC)
        yield from ledger.open_links(conn, self.spider.name, now, self.spider.first, self.spider.last)
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
        codes, now = [link.news_code for link in links], datetime.now(UTC)
        self.run.listed.update(codes)
        if not self.run.dry:
            self.run.health.count(links)
            return self.run.ledger.note(links, now, self.recheck, at_once=self.at_once)
        if (conn := self.run.conn) is None:
            return set(codes)
        name = self.spider.name
        known = ledger.due(conn, name, codes, now, self.recheck, at_once=self.at_once)
        return known | ledger.unknown(conn, name, codes)

    def _let(self, links: Iterable[Link], request: Request | None = None) -> Iterator[Request]:
        """Each article once in a run, and no more of them than were asked for; a dry run only takes note."""
        for link in links:
            if link.news_code in self.run.asked:
                continue
            if self._full(page=True):
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
            said = asking_still(*validators.of_page(self.run.conn, self.spider.name, link))
            request.headers.update(said)
            request.meta["handle_httpstatus_list"] = [NOT_MODIFIED] if said else []
        return request

    def _listing(self, request: Request) -> Iterator[Request]:
        """Where enough was asked for, no further listing; a conditional one says what we have of it."""
        if self._full():
            return
        if request.meta.get("conditional") and self.run.conn is not None:
            request.headers.update(asking_still(*validators.of_listing(self.run.conn, request.url)))
        yield request

    def _full(self, *, page: bool = False) -> bool:
        """Whether no more is to be asked for; otherwise one page more is counted, which a dry run does not ask for."""
        full = self.limit is not None and len(self.run.asked) >= self.limit
        if not full and not (page and self.run.dry):
            full = not self.spider.budget.take()
            if full:
                self.spider.reasons[SPENT] = None
        self.run.cut |= full
        return full


def _is_page(result: Any) -> bool:
    return isinstance(result, Request) and isinstance(result.meta.get("link"), Link)
