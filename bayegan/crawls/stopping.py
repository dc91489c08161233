"""Ctrl-C, SIGTERM and the end of a command's time: all its crawls end at once, and in good order.

Scrapy would wait for every page that is on its way, which takes minutes where a site is slow or asks for patience. What
was asked for stands in the ledger, so nothing is lost where it is given up: the next run asks again.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler, CrawlerProcess

REASON: Final = "shutdown"  # as Scrapy calls it
PATIENCE: Final = 5.0  # seconds for what a run's end sets off, such as an alert
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Whether the crawls of a process were told to stop (``told``), and how they do.

    ``ending`` says that they are, for whatever reason: no other begins.
    """

    def __init__(self, process: CrawlerProcess) -> None:
        self.process = process
        self.told = self.ending = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear both signals instead of whoever did until now; a crawl that is being built is not torn apart."""
        before = {number: signal.signal(number, self._hear) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def end(self, reason: str) -> None:
        """End all that crawls, now: the runs are written down, the archive let go."""
        from scrapy.utils.defer import deferred_from_coro  # noqa: PLC0415 -- Scrapy, as ever only where it crawls

        if not self.ending:
            self.ending = True
            deferred_from_coro(self._end(reason))

    def _hear(self, *_: Any) -> None:
        from scrapy.utils.reactor import is_reactor_installed  # noqa: PLC0415 -- as above

        self.told = True
        if is_reactor_installed():
            reactor().callFromThread(self.end, REASON)

    async def _end(self, reason: str) -> None:
        closing = [asyncio.ensure_future(_close(crawler, reason)) for crawler in self.process.crawlers]
        if closing:
            await asyncio.wait(closing, timeout=PATIENCE)
        halt()


async def _close(crawler: Crawler, reason: str) -> None:
    """What closes with the spider does so now."""
    from scrapy import signals  # noqa: PLC0415 -- as above

    if crawler.crawling:
        crawler.crawling = False  # or Scrapy would wait after all
        await crawler.signals.send_catch_log_async(signals.spider_closed, spider=crawler.spider, reason=reason)


def halt() -> None:
    """Stop the reactor; where it is stopping already, nothing."""
    with suppress(RuntimeError):
        reactor().stop()


def reactor() -> Any:
    """The one that Scrapy has installed by now; to import it earlier would install another."""
    from twisted.internet import reactor  # noqa: PLC0415

    return reactor
