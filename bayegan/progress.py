"""The bar of a crawl: pages that were answered, of those asked for by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

    from crawler.spider import AgencySpider


class Bar:
    """On standard error, for a terminal alone; the total grows while listings are read."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.answered: set[str] = set()
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self.progress = Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=Console(stderr=True))

    def begin(self) -> None:
        self.progress.start()
        self.task = self.progress.add_task(self.crawler.spidercls.name, total=None)

    def step(self, request: Request, **_: Any) -> None:
        link = request.meta.get("link")
        if link is not None:
            self.answered.add(link.news_code)
        self.progress.update(self.task, completed=len(self.answered), total=self._asked() or None)

    def _asked(self) -> int:
        return cast("AgencySpider", self.crawler.spider).found["asked"]

    def end(self) -> None:
        self.progress.stop()
