"""What the example site answers: a function of what it shows and what is asked, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote

from bayegan.example import feeds
from bayegan.example.article import article_page
from bayegan.example.calendar import http_date, jalali
from bayegan.example.corpus import visible
from bayegan.example.listing import listing_page, page_number, up_to, upper_bound
from bayegan.example.markup import box, item, plain_page, template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bayegan.example.story import Site, State, Story

HTML, XML = "text/html; charset=utf-8", "text/xml; charset=utf-8"
JSON, TEXT = "application/json; charset=utf-8", "text/plain; charset=utf-8"

# A picture of one transparent point: pages name many pictures, and a browser asks for them.
_POINT = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
_BOXES = ((21, "پربازدیدترین‌ها"), (22, "پیشنهاد سردبیر"), (23, "یک ماه گذشته"))
_BOX_ITEMS, _RELATED_ITEMS, _HOME_ITEMS = 9, 4, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """``path`` is decoded, header names are lower case; ``again`` when this path was asked for before."""

    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    again: bool = False

    @property
    def host(self) -> str:
        return self.headers.get("host", "localhost")

    @property
    def home(self) -> str:
        return f"http://{self.host}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """``delay`` is how many seconds the site takes before it answers."""

    status: int = 200
    body: bytes = b""
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class View:
    """What a site shows in a state: ``stories`` newest first, and the same by code."""

    site: Site
    stories: tuple[Story, ...]
    by_code: Mapping[str, Story]


def view_of(site: Site, state: State) -> View:
    shown = visible(site, state)
    return View(site, shown, {story.code: story for story in shown})


def answer(view: View, request: Request) -> Response:
    """The one way in; what no rule knows is not found."""
    for pattern, handler in _RULES:
        if found := re.fullmatch(pattern, request.path):
            return handler(view, request, found)
    return missing(view, request)


def missing(view: View, request: Request) -> Response:
    """Not found, in the theme of the site."""
    main = template("missing").substitute()
    return Response(
        status=404, body=plain_page(view.site, request.host, title="خطای ۴۰۴", page_type="error", main=main)
    )


def conditional(view: View, request: Request, body: str | bytes, content_type: str) -> Response:
    """200 with its validators, or 304 where the client holds the same already (the tag decides before the date)."""
    content = body.encode() if isinstance(body, str) else body
    tag = f'"{sha256(content).hexdigest()[:16]}"'
    changed = http_date(max((story.modified for story in view.stories), default=view.site.clock))
    validators = (("etag", tag), ("last-modified", changed))
    if _is_held(request.headers, tag, changed):
        return Response(status=304, content_type=content_type, headers=validators)
    return Response(body=content, content_type=content_type, headers=validators)


def archive(view: View, request: Request, _found: re.Match[str]) -> Response:
    chosen = up_to(view.stories, upper_bound(request.query))
    size, here = view.site.page_items, page_number(request.query)
    page = listing_page(
        view.site,
        chosen[(here - 1) * size : here * size],
        request.query,
        request.host,
        path=request.path,
        pages=-(-len(chosen) // size),
        boxes=_boxes(view.site, None),
    )
    return conditional(view, request, page, HTML)


def article(view: View, request: Request, found: re.Match[str]) -> Response:
    """The article; without a slug the same, with a wrong slug or folder a way to the right address."""
    story = view.by_code.get(found["code"])
    if story is None or story.manner == "gone":
        return missing(view, request)
    if request.path not in {story.path, story.path.rpartition("/")[0], story.path.rpartition("/")[0] + "/"}:
        return Response(status=301, headers=(("location", quote(story.path)),))
    if story.manner == "busy" and not request.again:
        return Response(status=503, body=b"Service Unavailable", content_type=TEXT, headers=(("retry-after", "1"),))
    related = "\n".join(
        item(other, view.site.clock, whole=False) for other in _others(view.site, story, 5, _RELATED_ITEMS)
    )
    page = article_page(view.site, story, request.host, related=related, boxes=_boxes(view.site, story))
    return Response(body=page, delay=view.site.slow_seconds if story.manner == "slow" else 0.0)


def _home(view: View, request: Request, _found: re.Match[str]) -> Response:
    newest = box(view.site, 11, "آخرین خبرها", view.stories[:_HOME_ITEMS])
    main = f'<div class="col-12 col-lg-9">\n{newest}\n</div>\n<aside class="col-lg-3">{_boxes(view.site, None)}</aside>'
    page = plain_page(view.site, request.host, title="صفحهٔ نخست", page_type="home", main=main)
    return conditional(view, request, page, HTML)


def _feed(view: View, request: Request, _found: re.Match[str]) -> Response:
    return conditional(view, request, feeds.feed(view.site, view.stories, request.home), XML)


def _news_sitemap(view: View, request: Request, _found: re.Match[str]) -> Response:
    return conditional(view, request, feeds.news_sitemap(view.site, view.stories, request.home), XML)


def _sitemap_index(view: View, request: Request, found: re.Match[str]) -> Response:
    """``all`` is the year that the site's clock shows."""
    year = jalali(view.site.clock.date())[0] if found[1] == "all" else int(found[1])
    index = feeds.sitemap_index(view.stories, request.home, year)
    return missing(view, request) if index is None else conditional(view, request, index, XML)


def _leaf(view: View, request: Request, found: re.Match[str]) -> Response:
    day = feeds.leaf_day(*found.groups())
    of_day = [story for story in view.stories if story.day == day]
    if day is None or not of_day:
        return missing(view, request)
    if view.site.json_until and day <= view.site.json_until:
        return conditional(view, request, feeds.json_leaf(of_day, request.home), JSON)
    return conditional(view, request, feeds.leaf(of_day, request.home), XML)


def _robots(view: View, request: Request, _found: re.Match[str]) -> Response:
    return Response(body=feeds.robots(view.site, request.home).encode(), content_type=TEXT)


def _picture(_view: View, _request: Request, _found: re.Match[str]) -> Response:
    return Response(body=_POINT, content_type="image/gif")


def _boxes(site: Site, story: Story | None) -> str:
    """Side boxes; they are made of what the site had from the beginning, so that a page stays as it is."""
    return "\n".join(box(site, number, heading, _others(site, story, number, _BOX_ITEMS)) for number, heading in _BOXES)


def _others(site: Site, story: Story | None, salt: int, count: int) -> list[Story]:
    """Some stories of the site that are not this one; the same ones every time."""
    everything = len(site.stories)
    start = int(story.code) * 7 if story else 0
    places = dict.fromkeys((start + salt * 13 + step * 3) % everything for step in range(min(count, everything)))
    return [other for place in places if (other := site.stories[place]).code != (story and story.code)]


def _is_held(headers: Mapping[str, str], tag: str, changed: str) -> bool:
    if given := headers.get("if-none-match"):
        return tag in {one.strip().removeprefix("W/") for one in given.split(",")}
    return headers.get("if-modified-since") == changed


_RULES: tuple[tuple[str, Callable[[View, Request, re.Match[str]], Response]], ...] = (
    (r"/", _home),
    (r"/(archive|page/archive\.xhtml)", archive),
    (r"/(?:news|photo|video|media|live)/(?P<code>\d+)(?:/.*)?", article),
    (r"/rss", _feed),
    (r"/sitemap/news/sitemap\.xml", _news_sitemap),
    (r"/sitemap/(all|\d{4})/sitemap\.xml", _sitemap_index),
    (r"/sitemap/(\d{4})/(\d{1,2})/(\d{1,2})/sitemap\.xml", _leaf),
    (r"/robots\.txt", _robots),
    (r"/d/.*\.(?:jpg|mp4)", _picture),
)
