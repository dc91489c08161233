"""Figures for Prometheus while crawls run: one door for all crawls of a process, open for as long as there is one."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from bayegan.watch.metrics import MISSING
from pipelines.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

REQUESTS: Final = "downloader/request_count"
ANSWERS: Final = "downloader/response_status_count/"
TAKEN: Final = "port {} of {} cannot be had ({}): no figures are told while this crawl runs"


@dataclass(slots=True, eq=False)  # prometheus_client keeps collectors by what they are, not by what they hold
class Door:
    """Where Prometheus asks; what it is told is counted when it asks."""

    runs: list[Run] = field(default_factory=list)
    server: Any = None

    def open(self, run: Run, host: str, port: int) -> None:
        self.runs.append(run)
        if self.server is None:
            try:
                self.server = _serve(self, host, port)
            except OSError as error:
                logger.warning(TAKEN.format(port, host, error.strerror))

    def leave(self, run: Run) -> None:
        if run in self.runs:  # a crawl that is stopped may close twice
            self.runs.remove(run)
        if self.server is not None and not self.runs:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def collect(self) -> Iterator[Any]:
        """What prometheus_client asks of a collector, in a thread of its own."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily  # noqa: PLC0415 -- an extra

        requests = CounterMetricFamily("bayegan_crawl_requests", "Requests that were made.", labels=["agency"])
        answers = CounterMetricFamily("bayegan_crawl_answers", "Answers, by HTTP status.", labels=["agency", "status"])
        articles = CounterMetricFamily("bayegan_crawl_articles", "What came of pages.", labels=["agency", "outcome"])
        pages = GaugeMetricFamily("bayegan_crawl_pages", "Pages that were due by now.", labels=["agency"])
        for run in list(self.runs):
            name, stats = run.spider.name, dict(run.crawler.stats.get_stats())
            requests.add_metric([name], stats.get(REQUESTS, 0))
            for key, count in stats.items():
                if key.startswith(ANSWERS):
                    answers.add_metric([name, key.removeprefix(ANSWERS)], count)
            for outcome, count in (run.counts.copy() + run.intake.counts if run.writer else run.counts.copy()).items():
                articles.add_metric([name, outcome], count)
            pages.add_metric([name], run.spider.found["asked"])
        yield from (requests, answers, articles, pages)


DOOR: Final = Door()


def _serve(door: Door, host: str, port: int) -> Any:
    from prometheus_client import CollectorRegistry, start_http_server  # noqa: PLC0415 -- an extra

    registry = CollectorRegistry()
    registry.register(door)
    server, _ = start_http_server(port, host, registry)
    return server


class LiveMetrics:
    """Off unless ``BAYEGAN_METRICS_PORT`` is set."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.port = crawler.settings.getint("BAYEGAN_METRICS_PORT", 0)
        self.host = crawler.settings["BAYEGAN_METRICS_HOST"]
        if not self.port:
            raise NotConfigured
        try:
            import prometheus_client  # noqa: F401, PLC0415 -- an extra
        except ImportError:
            raise NotConfigured(MISSING) from None
        crawler.signals.connect(self.opened, signal=signals.spider_opened)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def opened(self) -> None:
        DOOR.open(Run.of(self.crawler), self.host, self.port)

    def closed(self) -> None:
        DOOR.leave(Run.of(self.crawler))
