"""An agency's own proxy, that is asked instead of its sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

SETTING: Final = "BAYEGAN_PROXY"
DIRECT: Final = "direct"  # no proxy, not even the machine's own


class OwnProxy:
    """Names the proxy of every request; Scrapy's own middleware, which comes after, takes the password out of it."""

    def __init__(self, proxy: str) -> None:
        self.proxy = None if proxy == DIRECT else proxy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        proxy = crawler.settings.get(SETTING)
        if not proxy:
            raise NotConfigured
        return cls(proxy)

    def process_request(self, request: Request) -> None:
        request.meta["proxy"] = self.proxy
