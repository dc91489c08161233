"""Step 1: is the article whole?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from crawler.checking import check
from pipelines.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.items import Fetched


class Check:
    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Run.of(crawler))

    def process_item(self, item: Fetched) -> Fetched:
        with self.run.refusing(item):
            check(item.article)
        return item
