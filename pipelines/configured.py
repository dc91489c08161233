"""What is set in bayegan.toml and in the environment, for each crawler: also for those that Scrapy itself starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from bayegan.settings import Settings, find, read
from bayegan.settings.applying import PRIORITY, apply

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings


class Configured:
    """An add-on of Scrapy. ``BAYEGAN_SETTINGS`` is what a caller has read already; without it, they are read here."""

    def __init__(self, crawler: Crawler) -> None:
        self.agency = crawler.spidercls.name

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def update_settings(self, settings: BaseSettings) -> None:
        given: Settings | None = settings["BAYEGAN_SETTINGS"]
        if given is None:
            given = read(find())
            if archive := given.value("archive"):
                settings.set("BAYEGAN_ARCHIVE", archive, PRIORITY)
        apply(given, settings, self.agency)
