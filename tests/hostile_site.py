"""Example sites that misbehave, each in one way: what a crawler must survive, declared as data.

``Twisted(site, twist)`` is served like any other: ``with serve(Twisted(default_site(), endless_pager)) as site``, or
through the fixture ``hostile``. A twist takes the running site and a request, and gives the response; what it leaves
alone it takes from ``site.plain(request)``.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from bayegan.example.answering import Request, Response, View, answer
from bayegan.example.app import Example, Receive, Send
from bayegan.example.corpus import default_site, stories
from bayegan.example.invented import invented
from bayegan.example.listing import page_number, up_to, upper_bound
from bayegan.example.story import Site, story_of

Where = Callable[[Request], bool]
Twist = Callable[["Twisted", Request], Response]

INTERSTITIAL = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Transferring...</title>
<script>var AR_SiteKey = "0"; var arvanRecaptcha = {"invisible": true};</script></head>
<body><div class="loader"></div><h1>Transferring to the website...</h1>
<p>در حال انتقال به سایت مورد نظر هستید</p></body></html>"""
SOFT_NOT_FOUND = "<!DOCTYPE html><html lang='fa'><title>خطا</title><body><h1>صفحه مورد نظر یافت نشد</h1></body></html>"

_DEAD_NEXT = '<li class="page-item disabled"><span class="page-link">بعدی</span></li>'
_LIVE_NEXT = '<li class="page-item "><a href="{}" rel="noindex next" class="page-link">بعدی</a></li>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Endless(Response):
    """An answer whose body goes on until the client hangs up."""


class Twisted(Example):
    """An example site whose answers go through a twist; ``asked`` counts requests by path for those that relent."""

    def __init__(self, site: Site, twist: Twist) -> None:
        super().__init__(site)
        self.twist = twist
        self.asked: dict[str, int] = {}

    def answer(self, request: Request) -> Response:
        self.asked[request.path] = self.asked.get(request.path, 0) + 1
        return self.twist(self, request)

    def plain(self, request: Request) -> Response:
        """What a site that behaves would answer."""
        return super().answer(request)

    async def deliver(self, response: Response, receive: Receive, send: Send) -> None:
        if not isinstance(response, Endless):
            await super().deliver(response, receive, send)
            return
        hung_up = asyncio.create_task(_hang_up(receive))
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        while not hung_up.done():
            await send({"type": "http.response.body", "body": b"<p>\xd8\xb3</p>" * 8192, "more_body": True})
            await asyncio.sleep(0)


def everywhere(_request: Request) -> bool:
    return True


def articles(request: Request) -> bool:
    return bool(re.match(r"/(news|photo|video)/", request.path))


def listings(request: Request) -> bool:
    return request.path in {"/archive", "/page/archive.xhtml"}


def pages(request: Request) -> bool:
    """Everything but robots.txt."""
    return request.path != "/robots.txt"


def of_code(code: str) -> Where:
    return lambda request: re.match(rf"/\w+/{code}(/|$)", request.path) is not None


def at(*paths: str) -> Where:
    return lambda request: request.path in paths


def fixed(response: Response, where: Where = everywhere, *, times: int | None = None) -> Twist:
    """The same response to everything ``where`` says, or only the first ``times`` a path is asked for."""

    def twist(site: Twisted, request: Request) -> Response:
        relents = times is not None and site.asked[request.path] > times
        return response if where(request) and not relents else site.plain(request)

    return twist


def absent(*paths: str) -> Twist:
    """These paths are not there."""
    return fixed(Response(status=404, body=SOFT_NOT_FOUND.encode()), at(*paths))


def redirect(location: str, where: Where = articles) -> Twist:
    return fixed(Response(status=302, headers=(("location", location),)), where)


def endless_pager(site: Twisted, request: Request) -> Response:
    """Beyond its end the listing shows its last page again, and «next» is never dead."""
    if not listings(request):
        return site.plain(request)
    size, here = site.site.page_items, page_number(request.query)
    last = -(-len(up_to(site.view.stories, upper_bound(request.query))) // size)
    response = site.plain(_at_page(request, min(here, last)))
    following = _LIVE_NEXT.format(f"{request.path}?ms=0&amp;pi={here + 1}")
    return replace(response, body=response.body.decode().replace(_DEAD_NEXT, following).encode())


def stuck_pager(site: Twisted, request: Request) -> Response:
    """The number of the page is ignored: every page is the first one."""
    return site.plain(_at_page(request, 1) if listings(request) else request)


def publishing(count: int, *, times: int = 20) -> Twist:
    """After each of the first listing requests ``count`` stories are published: what was listed moves down."""

    def twist(site: Twisted, request: Request) -> Response:
        response = site.plain(request)
        if listings(request) and site.state.published < count * times:
            site.publish(count)
        return response

    return twist


def withdrawing(count: int, *, times: int = 2) -> Twist:
    """After each of the first listing requests the newest stories are withdrawn: what was not yet listed moves up."""

    def twist(site: Twisted, request: Request) -> Response:
        response = site.plain(request)
        if listings(request) and len(site.state.withdrawn) < count * times:
            for story in site.view.stories[:count]:
                site.withdraw(story.code)
        return response

    return twist


def cookie_wall(where: Where = articles) -> Twist:
    """A page redirects to itself and sets a cookie, until it is asked for with the cookie."""

    def twist(site: Twisted, request: Request) -> Response:
        if not where(request) or "pass=1" in request.headers.get("cookie", ""):
            return site.plain(request)
        return Response(status=302, headers=(("location", quote(request.path)), ("set-cookie", "pass=1; Path=/")))

    return twist


def reused(code: str) -> Twist:
    """Once ``edit()`` was called, this code stands for a wholly different text."""

    def twist(site: Twisted, request: Request) -> Response:
        if not site.state.edits:
            return site.plain(request)
        other = story_of(invented(7_000_007), code=code, published=site.view.by_code[code].published)
        return answer(View(site.site, site.view.stories, {**site.view.by_code, code: other}), request)

    return twist


def plain(site: Twisted, request: Request) -> Response:
    return site.plain(request)


SILENT = Site(stories=())
SLOW_DOWN = replace(default_site(), robots=("Crawl-delay: 1",))
KEEP_OUT = replace(default_site(), robots=("Disallow: /news/",))
LONG = Site(stories=stories(90))

_BLOCK = Response(body=INTERSTITIAL.encode())

# One of each, for tests that take them all: the site, and how it misbehaves.
HOSTILE: dict[str, tuple[Site, Twist]] = {
    "a pager that never ends": (LONG, endless_pager),
    "a pager that is stuck at its first page": (LONG, stuck_pager),
    "a listing that grows while it is walked": (LONG, publishing(3)),
    "a listing that shrinks while it is walked": (LONG, withdrawing(2)),
    "articles behind an interstitial": (default_site(), fixed(_BLOCK, articles)),
    "articles behind an interstitial that lets the second request pass": (
        default_site(),
        fixed(_BLOCK, articles, times=1),
    ),
    "everything behind an interstitial": (default_site(), fixed(_BLOCK)),
    "pages behind an interstitial, robots.txt not": (default_site(), fixed(_BLOCK, pages)),
    "articles that redirect to another site": (default_site(), redirect("https://elsewhere.example/news/1")),
    "articles that redirect to a file": (default_site(), redirect("file:///etc/hostname")),
    "articles that redirect to a private address": (default_site(), redirect("http://10.0.0.1/news/1")),
    "articles behind a cookie": (default_site(), cookie_wall()),
    "an article whose body never ends": (default_site(), fixed(Endless(), of_code("1001779"))),
    "a silent site": (SILENT, plain),
    "a site that fails everywhere": (default_site(), fixed(Response(status=500, body=b"Internal Server Error"))),
    "a listing that is only there in its long form": (default_site(), absent("/archive")),
    "no listing but sitemaps": (default_site(), absent("/archive", "/page/archive.xhtml", "/rss")),
    "an article that is not there, said with status 200": (
        default_site(),
        fixed(Response(body=SOFT_NOT_FOUND.encode()), of_code("1001779")),
    ),
    "an article that is empty": (default_site(), fixed(Response(), of_code("1001779"))),
    "a code that is reused for another text": (default_site(), reused("1001779")),
    "a crawl delay": (SLOW_DOWN, plain),
    "articles that robots.txt forbids": (KEEP_OUT, plain),
}


def _at_page(request: Request, number: int) -> Request:
    return replace(request, query={**request.query, "pi": str(number)})


async def _hang_up(receive: Receive) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
