"""Crawls side by side in one process: one reactor, a Scrapy crawler each, each at its own hosts' pace."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bayegan.archive.verdict import TIME_IS_UP
from bayegan.crawls.stopping import REASON, Stop, halt, reactor
from crawler.budget import Budget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scrapy.crawler import Crawler, CrawlerProcess
    from twisted.python.failure import Failure

    from bayegan.crawls.limits import Limits


@dataclass(frozen=True, slots=True)
class Job:
    """One crawl: ``make`` builds its crawler, ``arguments`` are its spider's."""

    name: str
    make: Callable[[], Crawler]
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: its crawler, None where none could be built, and what went wrong, if anything."""

    job: Job
    crawler: Crawler | None = None
    error: BaseException | None = None


class Jobs:
    """Runs them all, so many at once; ``told`` hears of each as it ends.

    What goes wrong with one ends that one. An error of ``told`` itself (a pipe that nobody reads any more) ends all,
    and is raised.
    """

    def __init__(
        self, process: CrawlerProcess, jobs: Iterable[Job], limits: Limits, told: Callable[[Ended], None]
    ) -> None:
        self.process, self.limits, self.told = process, limits, told
        self.waiting = deque(jobs)
        self.budget = Budget(limits.pages)
        self.stop = Stop(process)
        self._running: dict[Crawler, Job] = {}
        self._error: BaseException | None = None

    def run(self) -> None:
        """Crawl to the end, or until it is time or we are told to stop; what did not begin is left in ``waiting``."""
        with self.stop.listening():
            _install_reactor(self.process)
            reactor().callWhenRunning(self._fill)
            if self.limits.seconds is not None:
                reactor().callLater(self.limits.seconds, self.stop.end, TIME_IS_UP)
            self.process.start(stop_after_crawl=False, install_signal_handlers=False)
        for crawler, job in list(self._running.items()):  # that were ended before their time
            self._tell(Ended(job, crawler))
        if self._error is not None:
            raise self._error

    def _fill(self) -> None:
        """Begin what there is room for; stop when all have ended."""
        if self.stop.told:  # before there was a reactor to say it to
            self.stop.end(REASON)
        while self._has_room():
            self._begin(self.waiting.popleft())
        if not self._running and not self.stop.ending:
            halt()

    def _has_room(self) -> bool:
        over = self.stop.ending or self.budget.spent
        return bool(self.waiting) and not over and len(self._running) < self.limits.jobs

    def _begin(self, job: Job) -> None:
        try:
            crawler = job.make()
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is this job's alone, and told
            self._tell(Ended(job, error=error))
            return
        self._running[crawler] = job
        crawling = self.process.crawl(crawler, budget=self.budget, **job.arguments)
        crawling.addBoth(self._ended, crawler)

    def _ended(self, outcome: Failure | None, crawler: Crawler) -> None:
        if (job := self._running.pop(crawler, None)) is not None:
            self._tell(Ended(job, crawler, outcome.value if outcome is not None else None))
        if not self.stop.ending:
            reactor().callLater(0, self._fill)

    def _tell(self, ended: Ended) -> None:
        try:
            self.told(ended)
        except BaseException as error:  # noqa: BLE001 -- raised when the reactor has stopped: it would swallow it
            self._error = self._error or error
            self.stop.end(REASON)


def _install_reactor(process: CrawlerProcess) -> None:
    """Before the first crawler does it: that one may be the one that cannot begin."""
    from scrapy.utils.reactor import install_reactor  # noqa: PLC0415 -- Scrapy, as ever only where it crawls

    install_reactor(process.settings["TWISTED_REACTOR"], process.settings["ASYNCIO_EVENT_LOOP"])
