"""Asks the example site for pages without serving it, and finds what tests look for in them."""

from __future__ import annotations

from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING, Any

from parsel import Selector

from bayegan.example import default_site
from bayegan.example.answering import Request, Response, answer, view_of
from bayegan.example.story import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayegan.example import Example, Story

SITE = default_site()
VIEW = view_of(SITE, State())
FIRST = "1001701"
HOST = {"host": "127.0.0.1:9"}


def ask(path: str, query: Mapping[str, str] | None = None, **more: Any) -> Response:
    return answer(VIEW, Request(path=path, query=query or {}, headers=HOST, **more))


def page(path: str, query: Mapping[str, str] | None = None) -> Selector:
    return Selector(ask(path, query).body.decode())


def azar(day: int, number: int = 1) -> dict[str, str]:
    return {"pi": str(number), "ms": "0", "dy": str(day), "mn": "9", "yr": "1399"}


def listed(found: Selector) -> list[str]:
    hrefs = found.css("section#box16 li h3 a::attr(href)").getall()
    return [href.split("/")[2] for href in hrefs]


def newest_codes(count: int) -> list[str]:
    return [story.code for story in reversed(SITE.stories)][:count]


def behaving(manner: str) -> Story:
    return next(story for story in SITE.stories if story.manner == manner)


def fetch(site: Example, path: str, *, method: str = "GET", headers: dict[str, str] | None = None) -> HTTPResponse:
    with closing(HTTPConnection(site.url.removeprefix("http://"), timeout=5)) as connection:
        connection.request(method, path, headers=headers or {})
        response = connection.getresponse()
        response.read()
        return response
