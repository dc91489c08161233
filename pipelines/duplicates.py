"""Step 2: is it another's: a code reused, an address that another code holds, something taken down?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pipelines.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.items import Fetched


class Duplicates:
    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Run.of(crawler))

    def process_item(self, item: Fetched) -> Fetched:
        """The same text under another code passes: the archive links the two when it is written."""
        with self.run.guarding(), self.run.refusing(item):
            self.run.intake.refuse_double(item.article)
        return item
