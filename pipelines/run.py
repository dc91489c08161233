"""The run: takes the agency's lock, opens the archive before the first request, and says at the end what was done."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from scrapy import signals
from scrapy.exceptions import DropItem
from scrapy.utils.defer import deferred_from_coro

from bayegan import __version__
from bayegan.archive import ledger, runs
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.lock import agency_lock
from bayegan.archive.rows import AgencyRow
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError, RefusedError
from crawler.items import Missed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.crawler import Crawler

    from bayegan.archive.runs import Summary
    from crawler.items import Fetched, Walked
    from crawler.spider import AgencySpider

logger = logging.getLogger(__name__)

SUMMARY = "bayegan/summary"  # where the crawl's caller finds the Summary among the stats
TOLD = ("failed", "blocked", "refused")
DONE, FAILED, SILENT, PARTLY, BLOCKED = 0, 1, 3, 4, 5


class Run:
    """One crawl of one agency, from lock to summary; what the gate and the pipelines share.

    ``counts`` holds what became of pages in this run; ``asked`` the codes whose pages were asked for; ``due`` the
    addresses that a dry run would have asked for.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self.crawler = crawler
        self.spider = cast("AgencySpider", crawler.spider)
        self.dry = settings.getbool("BAYEGAN_DRY_RUN")
        self.path = Path(settings["BAYEGAN_ARCHIVE"])
        self.began = datetime.now(UTC)
        self.counts: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.asked: set[str] = set()
        self.listed: set[str] = set()
        self.due: dict[str, None] = {}
        self.cut = False  # the limit left something out: what was listed was not read to the end
        self.fault: str | None = None
        self.validators: dict[str, tuple[str | None, str | None]] = {}
        self._closing = ExitStack()
        self.conn: sqlite3.Connection | None = None
        self.writer: Writer | None = None
        (self._look if self.dry else self._open)(settings)
        crawler.signals.connect(self.closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _open(self, settings: Any) -> None:
        agency = self.spider.agency
        with ExitStack() as stack:
            self.writer = stack.enter_context(Writer(self.path))
            stack.enter_context(agency_lock(self.path, agency.name))
            self.conn = self.writer.conn
            window = f"{self.spider.first}..{self.spider.last}" if self.spider.first else None
            self.id = runs.begin(
                self.writer, agency.name, self.began, home=self.spider.site.base, window=window, version=__version__
            )
            self.ledger = Ledger(self.writer, agency.name, self.id)
            self.ledger.settle(self.spider.today)
            self.intake = Intake(
                self.writer,
                clock=lambda: datetime.now(UTC),
                agencies=[AgencyRow(name=agency.name, title=agency.title, home=agency.home, family=agency.family)],
                run_id=self.id,
                batch=settings.getint("BAYEGAN_BATCH"),
                seconds=settings.getfloat("BAYEGAN_BATCH_SECONDS"),
            )
            self._closing = stack.pop_all()

    def _look(self, _: Any) -> None:
        """A dry run reads the ledger, where there is one, and writes nothing."""
        self.id = 0
        if self.path.exists():
            self.conn = self._closing.enter_context(_reading(self.path))

    @staticmethod
    def of(crawler: Crawler) -> Run:
        """The run that this crawler is; the settings name it before everything that shares it."""
        run = crawler.get_extension(Run)
        assert run is not None  # crawler/settings.py names it
        return run

    def missed(self, missed: Missed) -> None:
        """Count and write down an article that could not be had, or must not be kept."""
        self.counts[missed.state] += 1
        self.examples.setdefault(missed.state, f"{missed.link.url}: {missed.reason}")
        logger.info("%s: %s", missed.link.url, missed.reason)
        if not self.dry:
            self.ledger.missed(missed)

    def walked(self, walked: Walked) -> None:
        if not self.dry:
            self.ledger.walked(walked, datetime.now(UTC))

    @contextmanager
    def refusing(self, item: Fetched) -> Iterator[None]:
        """A step that refuses the article: the ledger gets the reason, the pipeline drops it."""
        try:
            yield
        except RefusedError as error:
            if item.link is not None:
                self.missed(Missed(link=item.link, state="refused", reason=str(error)))
            raise DropItem(str(error), log_level="INFO") from error

    @contextmanager
    def guarding(self) -> Iterator[None]:
        """Whatever writes the archive: where that fails the crawl ends, and what was not written stays listed."""
        try:
            yield
        except ArchiveError as error:
            if self.fault is None:
                self.fault = str(error)
                deferred_from_coro(self.crawler.engine.close_spider_async(reason="archive"))
            raise DropItem(str(error)) from error

    def closed(self, spider: AgencySpider, reason: str) -> None:
        """Write down how the run ended; what was not acknowledged stays listed for the next one."""
        with self._closing:
            summary = self._summary(reason)
            if self.writer is not None:
                summary = self._end(summary, reason)
            self.crawler.stats.set_value(SUMMARY, summary)
        spider.logger.info("%s", summary.as_json())

    def _end(self, summary: Summary, reason: str) -> Summary:
        assert self.writer is not None  # a dry run never comes here
        if reason == "finished" and summary.exit == DONE and not self.cut:
            self.ledger.remember((url, *pair) for url, pair in self.validators.items())
        self.ledger.settle(self.spider.today)
        runs.end(self.writer, summary, datetime.now(UTC))
        return summary

    def _summary(self, reason: str) -> Summary:
        states, counts = self._states(), self.counts + (self.intake.counts if self.writer else Counter())
        summary = runs.Summary(
            agency=self.spider.name,
            run=self.id or None,
            since=self.spider.first,
            until=self.spider.last,
            listed=states.total() - states["taken_down"] if self.conn else len(self.listed),
            held=states["held"],
            **{name: counts[name] for name in ("new", "revised", "duplicate", "failed", "gone", "blocked", "refused")},
            requests=self.crawler.stats.get_value("downloader/request_count", 0),
            seconds=round((datetime.now(UTC) - self.began).total_seconds(), 1),
            reasons=(
                *self.spider.reasons,
                *(_told(counts[state], state, self.examples) for state in TOLD if counts[state]),
            ),
            due=tuple(self.due),
        )
        return verdict(summary, self.spider.found, reason, self.fault)

    def _states(self) -> Counter[str]:
        """Of the window that was named; otherwise of what was listed or due in this run."""
        if self.conn is None:
            return Counter()
        if self.spider.first and self.spider.last:
            return ledger.states(self.conn, self.spider.name, self.spider.first, self.spider.last)
        return ledger.states_of(self.conn, self.spider.name, self.listed | self.asked)


def _told(count: int, state: str, examples: dict[str, str]) -> str:
    example = examples.get(state, "")
    return f"{count} {'page was' if count == 1 else 'pages were'} {state}, for example {example}"


def verdict(summary: Summary, found: Counter[str], reason: str, fault: str | None = None) -> Summary:
    """The summary with its exit code: the worst that holds, by the order of the design's table."""
    tried = summary.new + summary.revised + summary.failed + summary.blocked + summary.gone + summary.refused
    listed = found["links"] + found["unchanged"] > 0
    blocked = (found["blocked"] and not listed) or summary.blocked * 2 > tried > 0
    table = (
        (fault is not None, FAILED, f"{fault} What was acknowledged is kept; the rest is fetched again."),
        (reason != "finished", FAILED, f"The run was ended early ({reason}): the next one goes on where it stopped."),
        (blocked, BLOCKED, "The site blocks us: crawl slower (--set DOWNLOAD_DELAY=5), or later."),
        (not listed, SILENT, "Nothing was listed: the site is silent, redesigned or cannot be reached."),
        (summary.failed or summary.blocked or summary.refused or found["failed"], PARTLY, None),
    )
    for holds, code, sentence in table:
        if holds:
            said = (*summary.reasons, sentence) if sentence else summary.reasons
            return replace(summary, exit=code, reasons=said)
    return summary


def _reading(path: Path) -> Any:
    try:
        return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} cannot be read ({error}): choose another archive.") from error
