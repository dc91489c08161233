"""What a listing names: archive pages, feeds and sitemaps (also those served as JSON), read into links."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from crawler.address_days import day_in_path, period_in_path
from crawler.dates import TEHRAN, day_of, read_datetime
from crawler.document import shallow
from crawler.errors import UnreadableDateError
from crawler.items import Link
from crawler.xml_items import Item, items, parsed, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from parsel import Selector, SelectorList

    from crawler.agencies import Agency
    from crawler.items import Via
    from crawler.urls import Home


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingMarkup:
    """Where a family's archive page keeps its items: tried in order.

    ``section`` (XPath) is the box that holds the list (side boxes have the same items), ``item`` stands in it, ``link``
    and ``date`` in an item; ``pager`` holds the links to other pages (all CSS).
    """

    section: tuple[str, ...]
    item: str
    link: tuple[str, ...]
    date: tuple[str, ...]
    pager: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a listing: its links in order, and whether a pager stands under them."""

    links: tuple[Link, ...]
    pager: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A sitemap that another one names; ``day`` or ``period`` from its address, else ``changed`` from its lastmod."""

    url: str
    day: date | None = None
    period: tuple[date, date] | None = None
    changed: date | None = None

    def may_hold(self, first: date, last: date) -> bool:
        """Whether articles of these days can stand in it: an article is never changed before it is published."""
        if self.day is not None:
            return first <= self.day <= last
        if self.period is not None:
            return self.period[0] <= last and first <= self.period[1]
        return self.changed is None or self.changed >= first


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    links: tuple[Link, ...] = ()
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the listings of one agency; ``home`` maps a mirror's links back to the agency's own."""

    agency: Agency
    home: Home

    def archive(self, page: Selector, markup: ListingMarkup, url: str) -> Listing:
        """One archive page; an item whose date cannot be read takes its neighbour's day."""
        shallow(page.root)
        section = _first(page, markup.section)
        items = section.css(markup.item) if section else ()
        found = (self._link(_hrefs(item, markup.link), _written(item, markup.date), url) for item in items)
        return Listing(
            links=_with_neighbours(_once(link for link in found if link)),
            pager=bool(page.css(markup.pager)),
        )

    def feeds(self, page: Selector, url: str) -> tuple[str, ...]:
        """The feeds that a page's ``<link rel=alternate>`` names, on the agency's own addresses."""
        hrefs = page.xpath("//link[@rel='alternate'][contains(@type, 'rss') or contains(@type, 'atom')]/@href").getall()
        named = (self.home.join(href, url) for href in hrefs)
        return tuple(dict.fromkeys(feed for feed in named if self.agency.owns(feed)))

    def feed(self, body: bytes, url: str) -> tuple[Link, ...]:
        """RSS or Atom; what is no XML at all has no links. Raises PoisonedListingError."""
        found = (self._entry(item, url) for item in items(parsed(body), "item", "entry"))
        return _with_neighbours(_once(link for link in found if link))

    def sitemap(self, body: bytes, url: str, *, day: date | None = None) -> Sitemap:
        """A urlset, an index of sitemaps, or the JSON that some old leaves are served as; ``day`` is the leaf's own.

        Some sites serve them as files that are compressed (``sitemap_9_1.xml.gz``). Raises PoisonedListingError.
        """
        body = unpacked(body)
        if body.lstrip()[:1] == b"{":
            return Sitemap(links=self._json_leaf(body, url, day))
        root = parsed(body)
        found = (self._place(item, url, day) for item in items(root, "url"))
        leaves = (self._leaf(item, url) for item in items(root, "sitemap"))
        return Sitemap(links=_once(link for link in found if link), leaves=tuple(leaf for leaf in leaves if leaf))

    def _link(self, hrefs: Iterable[str], dates: Iterable[str], page: str, via: Via = "archive") -> Link | None:
        """The first address that names an article of the agency, with the first date that can be read."""
        for href in hrefs:
            url = self.home.join(href, page)
            if code := self.agency.code_of(url):
                day = _day(dates) or self.agency.day_of(url)
                return Link(url=self.agency.canonical(url), news_code=code, day=day, via=via)
        return None

    def _entry(self, item: Item, page: str) -> Link | None:
        hrefs = item.said("link", "guid", "id", attribute="href")
        return self._link(hrefs, item.said("pubDate", "published", "updated", "date"), page, "feed")

    def _place(self, item: Item, page: str, day: date | None) -> Link | None:
        link = self._link(item.said("loc"), item.said("publication_date"), page, "sitemap")
        return link and _dated(link, day, item.said("lastmod"))

    def _leaf(self, item: Item, page: str) -> Leaf | None:
        url = next((self.home.join(loc, page) for loc in item.said("loc")), None)
        if url is None or not self.agency.owns(url):
            return None
        changed = _day(item.said("lastmod"))
        return Leaf(url=url, day=day_in_path(url), period=period_in_path(url), changed=changed)

    def _json_leaf(self, body: bytes, page: str, day: date | None) -> tuple[Link, ...]:
        """``{"urls": [{"loc": …, "lastmode": …}]}`` (reference: families, Nastooh's old leaves)."""
        try:
            rows: Any = json.loads(body)["urls"]
        except (ValueError, KeyError, TypeError, RecursionError):
            return ()
        rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        found = (
            (self._link([str(row.get("loc", ""))], (), page, "sitemap"), row.get("lastmode") or row.get("lastmod"))
            for row in rows
        )
        return _once(_dated(link, day, [str(changed or "")]) for link, changed in found if link)


def _dated(link: Link, day: date | None, changed: Iterable[str]) -> Link:
    """A publication date wins, then the leaf's own day, then the last change."""
    return link if link.day else replace(link, day=day or _day(changed))


def _day(written: Iterable[str]) -> date | None:
    for text in written:
        try:
            return day_of(read_datetime(text).astimezone(TEHRAN))
        except UnreadableDateError:
            continue
    return None


def _with_neighbours(links: Sequence[Link]) -> tuple[Link, ...]:
    """Every undated link with the day of the one before it; at the head, of the one after it."""
    day = next((link.day for link in links if link.day), None)
    dated = []
    for link in links:
        day = link.day or day
        dated.append(link if link.day else replace(link, day=day))
    return tuple(dated)


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    """One link a code, the first: raw and percent-encoded slugs, queries and anchors are one article."""
    named: dict[str, Link] = {}
    for link in links:
        named.setdefault(link.news_code, link)
    return tuple(named.values())


def _first(page: Selector, queries: tuple[str, ...]) -> SelectorList[Selector] | None:
    return next((found[:1] for query in queries if (found := page.xpath(query))), None)


def _hrefs(item: Selector, queries: tuple[str, ...]) -> Iterable[str]:
    return (href for query in queries for href in item.css(query).getall())


def _written(item: Selector, queries: tuple[str, ...]) -> Iterable[str]:
    return (text for query in queries for text in item.css(query).getall())
