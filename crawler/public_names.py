"""Names that lead home: a host whose name resolves to a private address is never asked, but for the ``--home`` host.

Whoever holds a name decides what it resolves to: an agency's old domain may point into the network of whoever crawls,
and a filtered site's name points to the filter's page (10.10.34.35).
"""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy import Request
    from scrapy.crawler import Crawler, CrawlerProcess
    from twisted.internet.base import ReactorBase
    from twisted.internet.defer import Deferred

    from crawler.spider import AgencySpider

REFUSED: dict[str, str] = {}  # by name: Twisted forgets why it has no address for one


class PublicNames(CachingThreadedResolver):
    """Resolves as Scrapy does, and refuses what is no public address."""

    process: CrawlerProcess

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Scrapy hands over the process, whose crawlers say what stands in for their homes."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.process = cast("CrawlerProcess", crawler)
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802  Twisted's name
        return super().getHostByName(name, timeout).addCallback(self._public, name)

    def _public(self, address: str, name: str) -> str:
        if is_public(address) or name in self._trusted():
            return address
        REFUSED[name] = address
        raise DNSLookupError(f"{name} resolves to the private address {address}")

    def _trusted(self) -> set[str | None]:
        """Hosts that whoever runs the crawl has named: stand-ins for a home, and proxies."""
        spiders = [cast("AgencySpider", crawler.spider) for crawler in self.process.crawlers if crawler.spider]
        named = [spider.site.stand_in for spider in spiders if spider.site.stand_in]
        proxies = [crawler.settings.get("BAYEGAN_PROXY") or "" for crawler in self.process.crawlers]
        return {urlsplit(url).hostname for url in (*named, *proxies, *getproxies().values())}


class PrivateNames:
    """Says of a page why it was not asked for; without this it would be a name that is not found, and tried again."""

    def process_exception(self, request: Request, exception: Exception) -> None:
        host = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in REFUSED:
            raise IgnoreRequest(f"{host} resolves to the private address {REFUSED[host]}") from exception


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network.

    >>> [is_public(address) for address in ("93.184.215.14", "10.10.34.35", "127.0.0.1", "169.254.169.254", "::1")]
    [True, False, False, False, False]
    """
    there = ip_address(address)
    return there.is_global and not there.is_multicast
