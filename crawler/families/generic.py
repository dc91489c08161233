"""A site that nobody declared: what its home page, robots.txt and sitemaps name."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from crawler import agencies
from crawler.listing import ListingMarkup, Sitemap
from crawler.markup.generic import GENERIC
from crawler.spider import AgencySpider
from crawler.urls import path_of
from crawler.walk import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.agencies import Agency
    from crawler.items import Link

_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)
_USUAL_SITEMAPS = ("/sitemap.xml", "/sitemap_index.xml")
_USUAL_FEEDS = ("/feed", "/rss", "/rss.xml")
_NEW_DAYS = 2  # what counts as new on a site of which nothing is held yet
_MOST_UNDATED = 100  # links of a sitemap without days that are taken for new
_MOST_LEAVES = 10  # sitemaps of an index that are asked for what is new


class Generic(AgencySpider):
    """Feeds are those that its home page names, sitemaps those of its robots.txt; else both where they usually are."""

    page = GENERIC.page
    listing = ListingMarkup(section=("//main", "//body"), item="a", link=("::attr(href)",), date=(), pager="none")
    home_names_feeds = True
    archive_from_now = False
    sitemaps: tuple[str, ...] = _USUAL_SITEMAPS

    def first_requests(self) -> Iterator[Request]:
        """The sitemaps are not known before robots.txt was read; a declared agency may name feeds of its own."""
        yield self._ask("/robots.txt", self.parse_robots, self.robots_failed)
        if self.first and self.last:
            return
        yield from (self._ask(path, self.parse_feed, conditional=True) for path in self.feeds)
        yield from (self._ask(path, self.parse_sitemap, conditional=True) for path in self.recent_sitemaps)
        yield self._ask(path_of(self.agency.home) or "/", self.parse_home)

    def parse_robots(self, response: Response) -> Iterator[Request]:
        if isinstance(response, TextResponse):
            named = (self._path(url) for url in _SITEMAP_LINE.findall(response.text))
            self.sitemaps = tuple(dict.fromkeys(path for path in named if path)) or self.sitemaps
        yield from self._ask_sitemaps()

    def robots_failed(self, failure: Failure) -> Iterator[Request]:
        self.listing_failed(failure)
        yield from self._ask_sitemaps()

    def parse_home(self, response: Response) -> Iterator[Any]:
        if self._is_blocked(response):
            return
        named = list(super().parse_home(response))
        if not (named or self.feeds):
            named = [self._ask(path, self.parse_feed, conditional=True) for path in _USUAL_FEEDS]
        yield from named

    def parse_new(self, response: Response, *, is_leaf: bool = False) -> Iterator[Any]:
        """What a sitemap names of the last days; an index, the leaves that may name some."""
        sitemap = self._taken(self.reader.sitemap, response) or Sitemap()
        yield from self._newest(tuple(self._new(sitemap.links)), response)
        leaves = [leaf for leaf in sitemap.leaves if not is_leaf and leaf.may_hold(self._since, self.today)]
        for leaf in leaves[:_MOST_LEAVES]:
            yield self._ask(leaf.url, self.parse_new, arguments={"is_leaf": True}, conditional=True)

    def sitemap_paths(self, first: date, last: date, today: date) -> tuple[str, ...]:  # noqa: ARG002 -- all of them
        return self.sitemaps

    def _ask_sitemaps(self) -> Iterator[Request]:
        if self.first and self.last:
            yield from self._walk_days(self.first, self.last)
        else:
            yield from (self._ask(path, self.parse_new, conditional=True) for path in self.sitemaps)
            self._spans = stretches(self.gaps)
            yield from self._next_span()

    @property
    def _since(self) -> date:
        return self.known_until or self.today - timedelta(days=_NEW_DAYS)

    def _new(self, links: tuple[Link, ...]) -> Iterator[Link]:
        yield from (link for link in links if link.day and link.day >= self._since)
        yield from [link for link in links if not link.day][:_MOST_UNDATED]

    def _path(self, url: str) -> str | None:
        """The path of a sitemap that robots.txt names on the site; None elsewhere."""
        own = self.site.join(url)
        parts = urlsplit(own)
        return f"{parts.path}?{parts.query}".rstrip("?") if self.agency.owns(own) else None


def spider_for(agency: Agency) -> type[AgencySpider]:
    """The spider of an agency: the declared one, else one made for an undeclared site."""
    if agency.family != GENERIC.name:
        declared: type[AgencySpider] = agencies.spider_class(agency.name)
        return declared

    class Undeclared(Generic):
        name = agency.name
        title = agency.title
        home = agency.home
        domains = agency.domains
        undeclared: ClassVar[Agency | None] = agency

    return Undeclared
