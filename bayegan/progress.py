"""The bars of crawls: pages that are settled, of those that the ledger said are due by now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text
from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.items import Link
    from crawler.spider import AgencySpider

SETTLED: Final = (signals.item_scraped, signals.item_dropped, signals.item_error)  # every page ends in one of these


class Rate(ProgressColumn):
    """Pages a second, over the last half minute."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.finished_speed or task.speed or 0:.1f}/s")


@dataclass(slots=True)
class Screen:
    """What the bars of all crawls of a process stand on: drawn while there is one."""

    progress: Progress | None = None
    bars: set[str] = field(default_factory=set)

    def add(self, name: str) -> Any:
        if self.progress is None:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate())
            self.progress = Progress(
                *columns,
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                redirect_stdout=False,
            )
            self.progress.start()
        self.bars.add(name)
        return self.progress.add_task(name, total=None)

    def update(self, task: Any, done: int, due: int) -> None:
        if self.progress is not None:
            self.progress.update(task, completed=done, total=due or None)

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
        self.settled: set[str] = set()
        crawler.signals.connect(self.begin, signal=signals.spider_opened)
        crawler.signals.connect(self.end, signal=signals.spider_closed)
        crawler.signals.connect(self.step, signal=signals.response_received)
        for signal in SETTLED:
            crawler.signals.connect(self.settle, signal=signal)

    def begin(self) -> None:
        self.task = self.screen.add(self._spider.name)

    def settle(self, item: Any) -> None:
        link: Link | None = getattr(item, "link", None)
        if link is not None:
            self.settled.add(link.news_code)
        self.step()

    def step(self) -> None:
        self.screen.update(self.task, len(self.settled), self._spider.found["asked"])

    def end(self) -> None:
        self.step()
        self.screen.remove(self._spider.name, self.task)

    @property
    def _spider(self) -> AgencySpider:
        return cast("AgencySpider", self.crawler.spider)
