"""Step 3: is it new, changed, or as it is held?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pipelines.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from bayegan.archive.store import Change
    from crawler.items import Fetched


@dataclass(frozen=True, slots=True)
class Judged:
    """A fetched article and what it is to the archive."""

    fetched: Fetched
    change: Change


class Revisions:
    def __init__(self, run: Run) -> None:
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Run.of(crawler))

    def process_item(self, item: Fetched) -> Judged:
        with self.run.guarding():
            return Judged(item, self.run.intake.change_of(item.article))
