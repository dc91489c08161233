"""Step 4: is it read as its agency's articles are? What may be a broken reader's work waits for the run's verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from pipelines.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from pipelines.revisions import Judged


class Floor:
    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Run.of(crawler))

    def process_item(self, item: Judged) -> Judged:
        """What is not doubtful goes on; the rest is written, or refused, when the run is over."""
        with self.run.guarding(), self.run.refusing(item.fetched):
            waits = self.run.health.waits(item)
        if waits:
            raise DropItem("It waits for the run's verdict.", log_level="DEBUG")
        return item
