"""What Scrapy alone costs: downloads the addresses that a file lists, and throws the pages away."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy.crawler import CrawlerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SETTINGS = {
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
}


class Bare(scrapy.Spider):
    name = "bare"
    addresses: Path

    async def start(self) -> AsyncIterator[Any]:
        for address in self.addresses.read_text(encoding="utf-8").split():
            yield scrapy.Request(address)

    def parse(self, response: Any) -> None:
        """Keep nothing."""


if __name__ == "__main__":
    process = CrawlerProcess(SETTINGS)
    process.crawl(Bare, addresses=Path(sys.argv[1]))
    process.start()
