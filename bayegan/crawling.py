"""One crawl of one agency in this process: Scrapy with our settings, and its summary."""

from __future__ import annotations

import gc
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bayegan.archive.runs import Summary
from bayegan.stopping import Stop
from crawler import agencies
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from scrapy.crawler import Crawler
    from scrapy.settings import Settings
    from twisted.python.failure import Failure

    from bayegan.progress import Bar

_SUMMARY = "bayegan/summary"  # under which pipelines.run leaves it among the stats


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRequest:
    """What is to be crawled: an ``agency`` by its name, or the site at an address (``url``) that no agency may declare.

    ``settings`` are Scrapy's, by name, and beat all others.
    """

    agency: str | None = None
    url: str | None = None
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

    An address that a declared agency owns means that agency. Raises UsageError for an unknown agency, an address of no
    site, a window that ends before it begins, a home that is none;
    AgencyBusyError where another run holds the agency; ArchiveError where the archive cannot be written.
    """
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415 -- half a second that only crawls pay

    spider = _spider(request)
    process = CrawlerProcess(_settings(request))
    # A robots.txt that cannot be had is no error of ours, and its traceback tells an operator nothing.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    crawler = process.create_crawler(spider)
    failures: list[Failure] = []
    window = {"from": request.since, "to": request.until}
    stop = Stop(crawler)
    with stop.listening():
        process.crawl(crawler, home=request.home, **window).addErrback(failures.append)
        bar = _follow(crawler) if request.progress else None  # signals hold it weakly: it lives as long as this call
        if not failures:
            gc.set_threshold(10_000, 10, 10)  # a parsed page is thousands of small objects, few of them in cycles
            stop.obey()  # whatever was said before there was a reactor
            process.start(install_signal_handlers=False)
    del bar
    return _outcome(request, crawler, failures)


def _spider(request: CrawlRequest) -> Any:
    """The class of a declared agency's spider, else one made for the site alone."""
    declared = agencies.agency(request.agency) if request.agency else agencies.agency_at(request.url or "")
    if declared is not None:
        return agencies.spider_class(declared.name)
    from crawler.families.generic import spider_for  # noqa: PLC0415 -- Scrapy, as above
    from crawler.undeclared import undeclared  # noqa: PLC0415

    return spider_for(undeclared(request.url or ""))


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


def _follow(crawler: Crawler) -> Bar:
    """A bar on standard error: pages asked for against those that are due by now."""
    from scrapy import signals  # noqa: PLC0415

    from bayegan.progress import Bar  # noqa: PLC0415

    bar = Bar(crawler)
    crawler.signals.connect(bar.begin, signal=signals.spider_opened)
    crawler.signals.connect(bar.step, signal=signals.response_received)
    crawler.signals.connect(bar.end, signal=signals.spider_closed)
    return bar
