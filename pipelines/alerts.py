"""Alerts: where a run finds its agency in another state than the run before, it is told to whom the settings name."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from bayegan.archive.writer import Writer
from bayegan.health import history
from bayegan.health.news import alert
from bayegan.watch.alerting import addresses, deliver
from crawler.errors import BayeganError
from pipelines.run import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spider import AgencySpider

NAME = "BAYEGAN_ALERTS"


class Alerts:
    """Off unless ``BAYEGAN_ALERTS`` (a setting, or of the environment) has addresses; it comes after the run's end."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.urls = addresses(crawler.settings.get(NAME) or os.environ.get(NAME))
        if not self.urls or crawler.settings.getbool("BAYEGAN_DRY_RUN"):
            raise NotConfigured
        crawler.signals.connect(self.closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def closed(self, spider: AgencySpider) -> None:
        """Send one message at most; one that does not arrive is a warning, and is tried again by the next run."""
        run = Run.of(self.crawler)
        health = run.health
        message = alert(spider.name, health.now, health.troubles, health.before)
        if message is None:
            return
        for sentence in await asyncio.to_thread(deliver, self.urls, message):
            spider.logger.warning("%s", sentence)
            _remember(run)


def _remember(run: Run) -> None:
    try:
        with Writer(run.path) as writer:
            history.untold(writer, run.id)
    except BayeganError as error:
        run.spider.logger.warning("That alert is not tried again: %s", error)
