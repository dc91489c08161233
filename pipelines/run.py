"""The run: takes the agency's lock, opens the archive before the first request, and says at the end what was done."""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

from scrapy import signals
from scrapy.exceptions import DropItem
from scrapy.utils.defer import deferred_from_coro

from bayegan import __version__
from bayegan.archive import runs
from bayegan.archive.faults import told
from bayegan.archive.intake import Intake
from bayegan.archive.ledger import Ledger
from bayegan.archive.lock import agency_lock
from bayegan.archive.rows import AgencyRow
from bayegan.archive.verdict import DONE, FINISHED, TIME_IS_UP
from bayegan.archive.writer import Writer
from crawler.errors import ArchiveError, NotWholeError, RefusedError
from crawler.items import Missed
from pipelines import summing
from pipelines.health import Health

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scrapy.crawler import Crawler

    from crawler.items import Fetched, Still, Walked
    from crawler.spider import AgencySpider

logger = logging.getLogger(__name__)

SUMMARY = "bayegan/summary"  # where the crawl's caller finds the Summary among the stats


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
        self.began, self.started = datetime.now(UTC), time.monotonic()
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
            self.ledger.settle(self.spider.today, every=False)
            self.intake = Intake(
                self.writer,
                clock=lambda: datetime.now(UTC),
                agencies=[AgencyRow(name=agency.name, title=agency.title, home=agency.home, family=agency.family)],
                run_id=self.id,
                batch=settings.getint("BAYEGAN_BATCH"),
                seconds=settings.getfloat("BAYEGAN_BATCH_SECONDS"),
            )
            self.health = Health(self)
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
        given_up = not self.dry and self.ledger.missed(missed, datetime.now(UTC))
        for what in (missed.state, *(["given up"] if given_up else [])):
            self.counts[what] += 1
            self.examples.setdefault(what, f"{missed.link.url}: {missed.reason}")
        logger.info("%s: %s", missed.link.url, missed.reason, extra={"spider": self.spider})
        if not self.dry:
            self.health.keep(missed)

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
            self.refuse(item, error)
            raise DropItem(str(error), log_level="INFO") from error

    def refuse(self, item: Fetched, error: RefusedError) -> None:
        page = item.page if isinstance(error, NotWholeError) else None
        if item.link is not None:
            self.missed(Missed(link=item.link, state="refused", reason=str(error), page=page))

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
        self.cut |= reason == TIME_IS_UP
        with self._closing:
            if self.writer is not None:
                self._try(self.health.decide)
                self._try(self.intake.flush)
                self._try(lambda: self._end(reason))
            summary = summing.summary(self, reason)
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
        summary = summing.summary(self, reason)
        self.health.recover()
        if reason == FINISHED and not self.cut:
            self.ledger.tried(self.spider.gaps, datetime.now(UTC))
            if summary.exit == DONE:
                self.ledger.remember((url, *pair) for url, pair in self.validators.items())
        self.ledger.settle(self.spider.today, every=False)
        runs.end(self.writer, summary, datetime.now(UTC), self.health.now.measures.as_counts())


def _reading(path: Path) -> Any:
    try:
        return closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True))
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} cannot be read ({error}): choose another archive.") from error
