"""The bars of crawls: pages that are settled, of those that the ledger said are due by now."""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta
from math import ceil
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from scrapy import signals

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

    from crawler.spider import AgencySpider

SETTLED: Final = (signals.item_scraped, signals.item_dropped, signals.item_error)  # every page ends in one of these
LATELY: Final = 30.0  # seconds whose pages say how fast it goes
UNKNOWN: Final = "-:--:--"


@dataclass(slots=True)
class Pace:
    """How fast pages are settled. Rich's own estimate begins anew whenever the total grows, as ours does all along."""

    clock: Callable[[], float] = monotonic
    moments: deque[float] = field(default_factory=deque)

    def step(self) -> None:
        self.moments.append(self.clock())

    def rate(self) -> float:
        """Pages a second over the last half minute; 0 where there were too few to say."""
        now = self.clock()
        while self.moments and now - self.moments[0] > LATELY:
            self.moments.popleft()
        passed = self.moments[-1] - self.moments[0] if self.moments else 0.0
        return (len(self.moments) - 1) / passed if passed else 0.0

    def left(self, pages: int) -> str:
        """The time that so many pages will take.

        >>> Pace().left(3), Pace().left(0)
        ('-:--:--', '0:00:00')
        """
        rate = self.rate()
        seconds = ceil(pages / rate) if pages and rate else 0
        return str(timedelta(seconds=seconds)) if rate or not pages else UNKNOWN


@dataclass(slots=True)
class Screen:
    """What the bars of all crawls of a process stand on: drawn while there is one."""

    progress: Progress | None = None
    bars: set[str] = field(default_factory=set)

    def add(self, name: str) -> Any:
        if self.progress is None:
            self.progress = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]:.1f}/s"),
                TimeElapsedColumn(),
                TextColumn("{task.fields[left]} left"),
                console=Console(stderr=True),
                redirect_stdout=sys.stdout.isatty(),  # lines go above the bars; what is piped is not touched
            )
            self.progress.start()
        self.bars.add(name)
        return self.progress.add_task(name, total=None, rate=0.0, left=UNKNOWN)

    def update(self, task: Any, done: int, due: int, pace: Pace) -> None:
        if self.progress is not None:
            left = pace.left(due - done) if due else UNKNOWN
            self.progress.update(task, completed=done, total=due or None, rate=pace.rate(), left=left)

    def remove(self, name: str, task: Any) -> None:
        """The last bar stays to be seen; one that ends before others makes room for theirs."""
        self.bars.discard(name)
        if self.progress is None:
            return
        if self.bars:
            self.progress.remove_task(task)
        else:
            self.progress.stop()
            self.progress = None


SCREEN: Final = Screen()


class Bar:
    """One agency's, on standard error, for a terminal alone; the total grows while listings are read."""

    def __init__(self, crawler: Crawler, screen: Screen = SCREEN) -> None:
        self.crawler = crawler
        self.screen = screen
        self.pace = Pace()
        self.settled: set[str] = set()
        crawler.signals.connect(self.begin, signal=signals.spider_opened)
        crawler.signals.connect(self.end, signal=signals.spider_closed)
        crawler.signals.connect(self.step, signal=signals.response_received)
        for signal in SETTLED:
            crawler.signals.connect(self.settle, signal=signal)

    def begin(self) -> None:
        self.task = self.screen.add(self._spider.name)

    def settle(self, item: Any) -> None:
        """An article that was stored, or whatever else became of a link."""
        code = getattr(getattr(item, "link", item), "news_code", None)
        if code is not None and code not in self.settled:
            self.settled.add(code)
            self.pace.step()
        self.step()

    def step(self) -> None:
        self.screen.update(self.task, len(self.settled), self._spider.found["asked"], self.pace)

    def end(self) -> None:
        self.step()
        self.screen.remove(self._spider.name, self.task)

    @property
    def _spider(self) -> AgencySpider:
        return cast("AgencySpider", self.crawler.spider)
