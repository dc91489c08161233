"""The run: takes the agency's lock, opens the archive before the first request, and says at the end what was done."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from scrapy import signals
from scrapy.exceptions import DropItem
from scrapy.utils.defer import deferred_from_coro

from bayegan import __version__
from bayegan.archive import ledger, runs
from bayegan.archive.faults import told
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.lock import agency_lock
from bayegan.archive.rows import AgencyRow
from bayegan.archive.verdict import DONE, FINISHED, verdict
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError, RefusedError
from crawler.items import Missed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrapy.crawler import Crawler

    from bayegan.archive.runs import Summary
    from crawler.items import Fetched, Still, Walked
    from crawler.spider import AgencySpider

logger = logging.getLogger(__name__)

SUMMARY = "bayegan/summary"  # where the crawl's caller finds the Summary among the stats
TOLD = ("failed", "blocked", "refused")


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
        self.began, self._started = datetime.now(UTC), time.monotonic()
        self.counts: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.asked: set[str] = set()
        self.listed: set[str] = set()
        self.due: dict[str, None] = {}
        self.cut = False  # the limit left something out: what was listed was not read to the end
        self.fault: str | None = None
        self.ended = False
        self.before: tuple[str, ...] = ()  # what is to be said of earlier runs
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
            self.before = runs.before(self.conn, agency.name, self.began)
            self.id = runs.begin(
                self.writer, agency.name, self.began, home=self.spider.site.base, window=window, version=__version__
            )
            self.ledger = Ledger(self.writer, agency.name, self.id)
            self.ledger.doubt(self.began)
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

    def still(self, still: Still) -> None:
        self.counts["unchanged"] += 1
        if not self.dry:
            self.ledger.still(still.link, datetime.now(UTC))

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
        """Whatever needs the archive: where that fails the crawl ends, and what was not written stays listed."""
        if self.ended or self.fault is not None:
            raise DropItem("The archive is closed, or has failed.", log_level="DEBUG")
        try:
            with told(self.path):
                yield
        except ArchiveError as error:
            self.fault = str(error)
            deferred_from_coro(self.crawler.engine.close_spider_async(reason="archive"))
            raise DropItem(self.fault, log_level="DEBUG") from error  # the summary says it once

    def closed(self, spider: AgencySpider, reason: str) -> None:
        """Write what waits, and how the run ended; what is not acknowledged stays listed for the next one."""
        if self.ended:
            return
        self.ended = True
        with self._closing:
            if self.writer is not None:
                self._try(self.intake.flush)
                self._try(lambda: self._end(reason))
            summary = self._summary(reason)
            self.crawler.stats.set_value(SUMMARY, summary)
        spider.logger.info("%s", summary.as_json())

    def _try(self, write: Callable[[], None]) -> None:
        try:
            with told(self.path):
                write()
        except ArchiveError as error:
            self.fault = self.fault or str(error)

    def _end(self, reason: str) -> None:
        assert self.writer is not None  # a dry run never comes here
        self.ledger.settle(self.spider.today)
        summary = self._summary(reason)
        if reason == FINISHED and summary.exit == DONE and not self.cut:
            self.ledger.remember((url, *pair) for url, pair in self.validators.items())
        runs.end(self.writer, summary, datetime.now(UTC))

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
            seconds=round(time.monotonic() - self._started, 1),
            reasons=(
                *self.before,
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
        with suppress(sqlite3.Error):  # of an archive that failed, and is said to have
            if self.spider.first and self.spider.last:
                return ledger.states(self.conn, self.spider.name, self.spider.first, self.spider.last)
            return ledger.states_of(self.conn, self.spider.name, self.listed | self.asked)
        return Counter()


def _told(count: int, state: str, examples: dict[str, str]) -> str:
    example = examples.get(state, "")
    return f"{count} {'page was' if count == 1 else 'pages were'} {state}, for example {example}"


def _reading(path: Path) -> Any:
    try:
        return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} cannot be read ({error}): choose another archive.") from error
