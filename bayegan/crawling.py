"""Crawls in this process, one or many side by side: Scrapy with our settings, and a summary of each."""

from __future__ import annotations

import gc
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bayegan import logs
from bayegan.archive.runs import Summary, longest_ago_first
from bayegan.crawls.jobs import Ended, Job, Jobs
from bayegan.crawls.limits import Limits
from bayegan.settings import Settings as Configured
from bayegan.settings.applying import apply
from bayegan.settings.unusable import unusable
from crawler import agencies
from crawler.errors import BayeganError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from scrapy.crawler import Crawler, CrawlerProcess
    from scrapy.settings import Settings

    from bayegan.crawls.progress import Bar

_SUMMARY = "bayegan/summary"  # under which pipelines.run leaves it among the stats


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlRequest:
    """What is to be crawled: an ``agency`` by its name, or the site at an address (``url``) that nobody may declare.

    ``settings`` are Scrapy's, by name, and beat all others; ``configured`` is what bayegan.toml and the environment
    set.
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
    limits: Limits = field(default_factory=Limits)
    configured: Configured = field(default_factory=Configured)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawls:
    """What became of several crawls: a summary of each that began, and the names of those that did not any more."""

    summaries: tuple[Summary, ...]
    left: tuple[str, ...] = ()
    stopped: bool = False


def crawl(request: CrawlRequest) -> Summary:
    """Crawl one agency; answers when it is done. Only one crawl fits into a process: a reactor never starts twice.

    An address that a declared agency owns means that agency. Raises UsageError for an unknown agency, an address of no
    site, a window that ends before it begins, a home that is none; AgencyBusyError where another run holds the agency;
    ArchiveError where the archive cannot be written; KeyboardInterrupt where it was told to stop before it began.
    """
    summaries: list[Summary] = []
    _run([request], lambda ended: summaries.append(_outcome(request, ended)))
    if not summaries:
        raise KeyboardInterrupt
    return summaries[0]


def crawl_each(requests: Sequence[CrawlRequest], told: Callable[[Summary], None]) -> Crawls:
    """Crawl several agencies side by side, in one process; ``told`` hears of each when it has ended.

    The requests differ in their agency alone. Whoever was crawled longest ago comes first. A crawl that cannot begin
    (another run holds the agency) has a summary that says so, and harms no other. Raises ArchiveError for an archive
    that no crawl could write, and UsageError for settings that none could use.
    """
    summaries: list[Summary] = []

    def hear(ended: Ended) -> None:
        try:
            summary = _outcome(requests[0], ended)
        except BayeganError as error:
            summary = Summary(agency=ended.job.name, exit=error.exit_code, reasons=(str(error),))
        summaries.append(summary)
        told(summary)

    jobs = _run(_in_turn(requests), hear)
    return Crawls(summaries=tuple(summaries), left=tuple(job.name for job in jobs.waiting), stopped=jobs.stop.told)


def _run(requests: Sequence[CrawlRequest], told: Callable[[Ended], None]) -> Jobs:
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415 -- half a second that only crawls pay

    process = CrawlerProcess(_settings(requests[0]))
    # A robots.txt that cannot be had is no error of ours, and its traceback tells an operator nothing.
    logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)
    gc.set_threshold(10_000, 10, 10)  # a parsed page is thousands of small objects, few of them in cycles
    bars: dict[str, Bar] = {}  # signals hold them weakly

    def ended(one: Ended) -> None:
        bars.pop(one.job.name, None)  # and with it the crawler
        told(one)

    jobs = Jobs(process, [_job(process, request, bars) for request in requests], requests[0].limits, ended)
    with logs.kept(process.settings):
        jobs.run()
    return jobs


def _job(process: CrawlerProcess, request: CrawlRequest, bars: dict[str, Bar]) -> Job:
    def make() -> Crawler:
        crawler = process.create_crawler(_spider(request))
        if request.progress:
            bars[request.agency or ""] = _bar(crawler)
        return crawler

    arguments = {"home": request.home, "from": request.since, "to": request.until}
    return Job(request.agency or "", make, arguments)


def _in_turn(requests: Sequence[CrawlRequest]) -> list[CrawlRequest]:
    """Whoever was crawled longest ago first; an archive that cannot be written is told once, and not by each."""
    from bayegan.archive.writer import Writer  # noqa: PLC0415 -- sqlite-utils: reading commands import this module too

    if requests[0].dry_run:
        return list(requests)
    by_name = {request.agency or "": request for request in requests}
    with Writer(requests[0].archive) as writer:
        return [by_name[name] for name in longest_ago_first(writer.conn, by_name)]


def _spider(request: CrawlRequest) -> Any:
    """The class of a declared agency's spider, else one made for the site alone."""
    declared = agencies.agency(request.agency) if request.agency else agencies.agency_at(request.url or "")
    if declared is not None:
        return agencies.spider_class(declared.name)
    from crawler.families.generic import spider_for  # noqa: PLC0415 -- Scrapy, as above
    from crawler.undeclared import undeclared  # noqa: PLC0415

    return spider_for(undeclared(request.url or ""))


def _outcome(request: CrawlRequest, ended: Ended) -> Summary:
    """What the run says of itself; raises BayeganError where there was none."""
    with suppress(RuntimeError):  # a crawl that did not come so far has no stats
        summary = ended.crawler.stats.get_value(_SUMMARY) if ended.crawler else None
        if isinstance(summary, Summary):
            return summary
    error = ended.error
    if isinstance(error, BayeganError):
        raise error
    if isinstance(error, ValueError):
        given = request.configured.scrapy(ended.job.name)
        own = {name: one for name, one in given.items() if "scrapy" in one.path}  # the others were checked
        if own or request.settings:
            raise unusable(own, request.settings, error) from error
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
        "BAYEGAN_SETTINGS": request.configured,
        "LOG_INSTALL_ROOT_HANDLER": False,  # bayegan.logs has one
        "SPIDER_MODULES": [],  # which Scrapy would all import: the classes are handed to it
        "LOG_LEVEL": "WARNING",
    }
    settings.update(ours, priority="project")
    apply(request.configured, settings)  # also for what all crawls of a process share
    for name, value in request.settings.items():
        if not name.isidentifier():
            raise UsageError(f"«{name}» is no setting: write --set NAME=VALUE, for example --set DOWNLOAD_DELAY=2.")
        try:
            settings.set(name, value, priority="cmdline")
        except ValueError as error:  # no JSON, where it takes a table
            raise unusable({}, {name: value}, error) from error
    return settings


def _bar(crawler: Crawler) -> Bar:
    from bayegan.crawls.progress import Bar  # noqa: PLC0415 -- rich, that only a terminal needs

    return Bar(crawler)
