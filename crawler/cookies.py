"""Cookies as Scrapy keeps them, but for one thing: whose a cookie may be is asked of nobody."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Self

from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Cookies(cookies.CookiesMiddleware):
    """Takes the list of public suffixes that came with its library.

    Scrapy's would fetch it with the first cookie that names a domain, from hosts that nobody told us to ask.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        made = super().from_crawler(crawler)
        cookies._split_domain = _suffixes()  # noqa: SLF001 -- Scrapy has no setting for it
        return made


@cache
def _suffixes() -> TLDExtract:
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
