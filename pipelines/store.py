"""Step 5: page, article, tags, index and ledger in one transaction, some articles at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from pipelines.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.items import Article
    from pipelines.revisions import Judged


class Store:
    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Run.of(crawler))

    def process_item(self, item: Judged) -> Article:
        with self.run.guarding():
            self.run.intake.keep(item.fetched, item.change)
        return item.fetched.article
