"""Ctrl-C and SIGTERM while a crawl runs: it ends at once, and in good order.

Scrapy would wait for every page that is on its way, which takes minutes where a site is slow or asks for patience. What
was asked for stands in the ledger, so nothing is lost where it is given up: the next run asks again.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler

REASON: Final = "shutdown"  # as Scrapy calls it
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Whether a crawl was told to stop, and how it does."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.told = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear both signals instead of whoever did until now; a crawl that is being built is not torn apart."""
        before = {number: signal.signal(number, self._hear) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def obey(self) -> None:
        """End the crawl with the reactor's next turn, where it was told to stop."""
        if self.told:
            _reactor().callFromThread(self._end)

    def _hear(self, *_: Any) -> None:
        from scrapy.utils.reactor import is_reactor_installed  # noqa: PLC0415 -- Scrapy, as ever only where it crawls

        self.told = True
        if is_reactor_installed():
            self.obey()

    def _end(self) -> None:
        """What closes with the spider does so now: the run is written down, the archive let go."""
        from scrapy import signals  # noqa: PLC0415

        if not self.crawler.crawling:
            return
        self.crawler.crawling = False  # or Scrapy would wait after all
        self.crawler.signals.send_catch_log(signals.spider_closed, spider=self.crawler.spider, reason=REASON)
        with suppress(RuntimeError):  # it is ending already
            _reactor().stop()


def _reactor() -> Any:
    """The one that Scrapy has installed by now; to import it earlier would install another."""
    from twisted.internet import reactor  # noqa: PLC0415

    return reactor
