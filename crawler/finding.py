"""How a site's articles are found: which listing serves which window, and the callbacks that follow it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy.http import TextResponse

from crawler.answers import NOT_MODIFIED, as_html, is_absent, still
from crawler.asking import Asking
from crawler.items import Walked
from crawler.listing import Listing, Reader, Sitemap
from crawler.walk import SPAN_DAYS, Sweep, Walk, spans, stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from scrapy import Request
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.items import Link
    from crawler.listing import ListingMarkup
    from crawler.walk import Days, Verdict

UNLISTED = (
    "has neither an archive nor sitemaps that we know of, so its days cannot be listed: crawl it often, without days."
)


class Finding(Asking):
    """The listings of one agency. A family says how they are addressed."""

    listing: ClassVar[ListingMarkup]
    feeds: ClassVar[tuple[str, ...]] = ()
    home_names_feeds: ClassVar[bool] = False  # the home page's <link rel=alternate> says where they are
    recent_sitemaps: ClassVar[tuple[str, ...]] = ()
    archive_forms: ClassVar[tuple[str, ...]] = ()
    archive_days: ClassVar[int] = SPAN_DAYS  # the most that one listing spans: 1 where it lists exact days
    archive_from_now: ClassVar[bool] = True  # whether it can be walked without days, from now

    reader: Reader
    today: date
    first: date | None
    last: date | None
    known_until: date | None
    complete: frozenset[date]
    gaps: tuple[date, ...]

    if TYPE_CHECKING:  # what a family and the spider bring
        archive_path: Callable[[int, int, date | None, date | None], str]  # of families that have an archive
        ask_page: Callable[[Link], Request]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spans: Iterator[tuple[date, date]] = iter(())

    def first_requests(self) -> Iterator[Request]:
        """Which listing serves which window: days that were named, the archive; now, whatever names the newest."""
        if self.first and self.last:
            yield from self._walk_days(self.first, self.last)
            return
        self._spans = stretches(self.gaps, most=self.archive_days)
        yield from (self._ask(path, self.parse_feed, conditional=True) for path in self.feeds)
        yield from (self._ask(path, self.parse_sitemap, conditional=True) for path in self.recent_sitemaps)
        if self.home_names_feeds:
            yield self._ask("/", self.parse_home)
        if self.known_until is None:
            yield from self._ask_newest(0)
        elif self.archive_forms and self.archive_from_now:
            yield self._ask_archive(Walk(first=self.known_until, last=None), 1, conditional=True)
        elif self._lists_days(self.known_until, self.today):
            self._spans = chain(spans(self.known_until, self.today, most=self.archive_days), self._spans)
            yield from self._next_span()

    def sitemap_paths(self, first: date, last: date, today: date) -> tuple[str, ...]:  # noqa: ARG002 -- a family's say
        """The sitemaps that name what was published in these days; none, unless the family knows some."""
        return ()

    def _walk_days(self, first: date, last: date) -> Iterator[Request]:
        if not self._lists_days(first, last):
            self.found["unlisted"] += 1
            self._say(f"{self.site.own} {UNLISTED}")
            return
        self._spans = spans(first, last, self.complete, most=self.archive_days)
        yield from self._next_span()

    def _lists_days(self, first: date, last: date) -> bool:
        return bool(self.archive_forms or self.sitemap_paths(first, last, self.today))

    # Now: what the feed, the recent sitemap and the first page of the archive name.

    def parse_feed(self, response: Response) -> Iterator[Any]:
        yield from self._newest(self._taken(self.reader.feed, response) or (), response)

    def parse_sitemap(self, response: Response) -> Iterator[Any]:
        sitemap = self._taken(self.reader.sitemap, response) or Sitemap()
        yield from self._newest(sitemap.links, response)

    def parse_home(self, response: Response) -> Iterator[Any]:
        """The feeds that the home page names, each once."""
        if isinstance(response, TextResponse):
            feeds = self.reader.feeds(as_html(response), response.url)
            yield from (self._ask(url, self.parse_feed, conditional=True) for url in feeds if url not in self.feeds)

    def parse_newest(self, response: Response, form: int) -> Iterator[Any]:
        links = self._read(response).links
        yield from self._newest(links, response)
        if not links:
            yield from self._ask_newest(form + 1)

    def newest_failed(self, failure: Failure) -> Iterator[Request]:
        form = failure.request.cb_kwargs["form"] + 1  # type: ignore[attr-defined]  # Scrapy sets it
        self.listing_failed(failure)
        yield from self._ask_newest(form)

    def _newest(self, links: tuple[Link, ...], response: Response) -> Iterator[Any]:
        self._note(links, response)
        yield from map(self.ask_page, links)

    # The archive: one descending walk for each span.

    def parse_archive(self, response: Response, walk: Walk, number: int) -> Iterator[Any]:
        """One page of the archive: its articles, then the next page, the next pass or the end of the walk."""
        if response.status == NOT_MODIFIED and number not in walk.last_time:
            self._note((), response)
            yield from self._claim((walk.first, walk.last or self.today))
            return
        listing = walk.last_time[number][1] if response.status == NOT_MODIFIED else self._read(response)
        if number == 1 and not listing.links:
            yield from self._other_listing(walk, f"{response.url} lists no article.")
            return
        self._note(listing.links, response)
        if walk.last is not None:
            walk.last_time[number] = (still(response), listing)
        verdict, links = walk.take(listing)
        yield from map(self.ask_page, links)
        if verdict == "on":
            yield self._ask_archive(walk, number + 1)
        elif verdict != "ceiling" and walk.again():
            yield self._ask_archive(walk, 1)
        else:
            yield from self._end_walk(walk, verdict, response.url)

    def archive_failed(self, failure: Failure) -> Iterator[Any]:
        """The first page: another listing may serve; a later one: the walk goes on without it, but is not whole."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        walk, number = request.cb_kwargs["walk"], request.cb_kwargs["number"]
        reason = self._trouble(failure)
        if number == 1 and walk.passes == 1:
            yield from self._other_listing(walk, reason)
        elif walk.skip():
            yield self._ask_archive(walk, number + 1)
        else:
            yield from self._end_walk(walk, "ceiling", request.url)

    def _other_listing(self, walk: Walk, why: str) -> Iterator[Any]:
        """Where this form of the archive does not serve: the older form, then the sitemaps."""
        if walk.form + 1 < len(self.archive_forms):
            yield self._ask_archive(replace(walk, form=walk.form + 1), 1)
            return
        self._say(why)
        last = walk.last or self.today
        yield from self._sweep(Sweep(walk.first, last, found=(walk.first, last)))

    def _end_walk(self, walk: Walk, verdict: Verdict, url: str) -> Iterator[Any]:
        """Claim the days that are known to be whole; what the walk did not reach is asked of the sitemaps."""
        if why_left := walk.left_early(verdict):
            self._say(f"The listing {url} was left before its end: {why_left}.")
        if not walk.settled:
            self._say(f"The listing {url} could not be read twice alike: its days stay open for the next run.")
        last = walk.last or self.today
        span, claim = walk.claims(verdict, last)
        if verdict == "below" or walk.oldest is None or walk.oldest <= walk.first:
            yield from self._claim(claim)
        else:
            yield from self._sweep(Sweep(walk.first, walk.oldest, found=span, missing=claim))

    # Sitemaps: for the days that the archive does not reach.

    def parse_leaf(self, response: Response, sweep: Sweep, day: date | None = None) -> Iterator[Any]:
        """A sitemap of the span: its articles, and the leaves that may hold more of it."""
        taken = self._taken(self.reader.sitemap, response, day=day)
        sitemap = taken or Sitemap()
        self._note(sitemap.links, response)
        yield from (self.ask_page(link) for link in sitemap.links if sweep.wants(link))
        for leaf in sitemap.leaves:
            if leaf.may_hold(sweep.first, sweep.last) and sweep.ask(leaf.url):
                yield self._ask_sitemap(leaf.url, sweep, leaf.day)
        if sweep.done(had=bool(sitemap.links or sitemap.leaves), clean=taken is not None):
            yield from self._claim(sweep.claim)

    def leaf_failed(self, failure: Failure) -> Iterator[Any]:
        """A site without sitemaps has none (404); anything else leaves the days open."""
        sweep: Sweep = failure.request.cb_kwargs["sweep"]  # type: ignore[attr-defined]
        absent = is_absent(failure)
        if not absent:
            self._say(self._trouble(failure))
        if sweep.done(had=False, clean=absent):
            yield from self._claim(sweep.claim)

    def _sweep(self, sweep: Sweep) -> Iterator[Any]:
        paths = dict.fromkeys(self.sitemap_paths(sweep.first, sweep.last, self.today))
        asked = [url for path in paths if sweep.ask(url := self.site.base + path)]
        yield from (self._ask_sitemap(url, sweep) for url in asked)
        if not asked:
            yield from self._claim(sweep.missing)

    def _claim(self, claim: Days | None) -> Iterator[Any]:
        if claim and claim[0] <= claim[1]:
            yield Walked(first=claim[0], last=claim[1])
        yield from self._next_span()

    def _next_span(self) -> Iterator[Request]:
        if (span := next(self._spans, None)) is None:
            return
        if self.archive_forms:
            yield self._ask_archive(Walk(first=span[0], last=span[1], slack=int(self.archive_days == 1)), 1)
        else:
            yield from self._sweep(Sweep(*span, found=span))

    # Requests.

    def _ask_archive(self, walk: Walk, number: int, *, conditional: bool = False) -> Request:
        path = self.archive_path(walk.form, number, walk.first, walk.last)
        arguments = {"walk": walk, "number": number}
        request = self._ask(path, self.parse_archive, self.archive_failed, arguments, conditional=conditional)
        if number in walk.last_time:
            request.headers.update(walk.last_time[number][0])
            request.meta["handle_httpstatus_list"] = [NOT_MODIFIED]
        return request

    def _ask_newest(self, form: int) -> Iterator[Request]:
        if form < len(self.archive_forms):
            path = self.archive_path(form, 1, None, None)
            yield self._ask(path, self.parse_newest, self.newest_failed, {"form": form})

    def _ask_sitemap(self, url: str, sweep: Sweep, day: date | None = None) -> Request:
        return self._ask(url, self.parse_leaf, self.leaf_failed, {"sweep": sweep, "day": day})

    def _read(self, response: Response) -> Listing:
        if isinstance(response, TextResponse) and response.body.strip() and not self._is_blocked(response):
            return self.reader.archive(as_html(response), self.listing, response.url)
        return Listing(links=(), pager=False)
