"""Step 1: is the article whole? What became of listed articles without one is written down here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from crawler.checking import check
from crawler.items import Fetched, Missed, Still, Walked
from pipelines.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Check:
    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Run.of(crawler))

    def process_item(self, item: Fetched | Missed | Still | Walked) -> Fetched:
        """What the spider says of pages and days goes into the ledger; only whole articles go on."""
        with self.run.guarding():
            if isinstance(item, Missed):
                self.run.missed(item if item.page is None else self.run.health.unread(item))
            elif isinstance(item, Still):
                self.run.still(item)
            elif isinstance(item, Walked):
                self.run.walked(item)
        if not isinstance(item, Fetched):
            raise DropItem("It is no article.", log_level="DEBUG")
        self.run.health.watch.see(item.article)
        with self.run.guarding(), self.run.refusing(item):
            check(item.article)
        return item
