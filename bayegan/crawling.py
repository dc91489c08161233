"""One crawl of one agency in this process: Scrapy with our settings, and its summary."""

from __future__ import annotations

import gc
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bayegan.archive.runs import Summary
from crawler import agencies
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scrapy.crawler import Crawler
    from scrapy.settings import Settings
    from twisted.python.failure import Failure

_SUMMARY = "bayegan/summary"  # under which pipelines.run leaves it among the stats


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRequest:
    """What is to be crawled. ``settings`` are Scrapy's, by name, and beat all others."""

    agency: str
    archive: Path
    since: date | None = None
    until: date | None = None
    recheck: int | None = None
    limit: int | None = None
    home: str | None = None
    settings: dict[str, str] = field(default_factory=dict)
    dry_run: bool = False
    progress: bool = False


def crawl(request: CrawlRequest) -> Summary:
    """Crawl one agency; answers when it is done. Only one crawl fits into a process: a reactor never starts twice.

    Raises UsageError for an unknown agency, a window that ends before it begins, a home that is none;
    AgencyBusyError where another run holds the agency; ArchiveError where the archive cannot be written.
    """
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415 -- half a second that only crawls pay

    spider = agencies.spider_class(agencies.agency(request.agency).name)
    process = CrawlerProcess(_settings(request))
    # A robots.txt that cannot be had is no error of ours, and its traceback tells an operator nothing.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    crawler = process.create_crawler(spider)
    failures: list[Failure] = []
    window = {"from": request.since, "to": request.until}
    process.crawl(crawler, home=request.home, **window).addErrback(failures.append)
    if request.progress:
        _follow(crawler)
    if not failures:
        gc.set_threshold(20_000, 20, 50)  # parsed pages are many small objects without cycles: fewer searches for them
        process.start()
    return _outcome(request, crawler, failures)


def _outcome(request: CrawlRequest, crawler: Crawler, failures: list[Failure]) -> Summary:
    summary = crawler.stats.get_value(_SUMMARY) if crawler.stats else None
    if isinstance(summary, Summary):
        return summary
    error = failures[0].value if failures else None
    if isinstance(error, BayeganError):
        raise error
    if isinstance(error, ValueError) and request.settings:
        given = " ".join(f"{name}={value}" for name, value in request.settings.items())
        raise UsageError(f"One of the settings {given} has a value that cannot be used: {error}.") from error
    raise BayeganError(f"The crawl could not begin ({error!r}): run it again with --set LOG_LEVEL=DEBUG.") from error


def _settings(request: CrawlRequest) -> Settings:
    from scrapy.settings import Settings  # noqa: PLC0415

    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    ours: dict[str, Any] = {
        "BAYEGAN_ARCHIVE": str(request.archive),
        "BAYEGAN_LIMIT": request.limit or 0,
        "BAYEGAN_RECHECK": request.recheck or 0,
        "BAYEGAN_DRY_RUN": request.dry_run,
        "LOG_LEVEL": "WARNING",
    }
    settings.update(ours, priority="project")
    for name, value in request.settings.items():
        if not name.isidentifier():
            raise UsageError(f"«{name}» is no setting: write --set NAME=VALUE, for example --set DOWNLOAD_DELAY=2.")
        settings.set(name, value, priority="cmdline")
    return settings


def _follow(crawler: Crawler) -> None:
    """A bar on standard error: pages asked for against those that are due by now."""
    from scrapy import signals  # noqa: PLC0415

    from bayegan.progress import Bar  # noqa: PLC0415

    bar = Bar(crawler)
    crawler.signals.connect(bar.begin, signal=signals.spider_opened)
    crawler.signals.connect(bar.step, signal=signals.response_received)
    crawler.signals.connect(bar.end, signal=signals.spider_closed)
