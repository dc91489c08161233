"""Where a family keeps what: plain frozen values, that the reader uses without Scrapy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.urls import Scheme

# One CSS selector, or several that are tried in order: several themes, several years.
Css = str | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """CSS of a family's article page, each field a string or a tuple of alternatives, the first that matches wins.

    An agency that keeps one thing elsewhere changes that field alone: ``replace(Nastooh.page, body=".body_news")``.
    Name the element (``h4.kicker``) where it is known: a class alone makes the reader look at every element.

    ``article`` is the box that the others are looked for in; ``origin`` is a dateline that stands apart in the lead,
    ``service`` a section beside the head's, ``player`` and ``gallery`` what a page without text is known by, and
    ``short_link`` the address of a page that states no other. ``around_body`` is used where there is no ``body``,
    without what was read as another field. ``noise`` are the names of classes and ids, parted by spaces: what bears one
    is no prose, wherever it stands; ``chrome`` likewise, but only in ``around_body``.
    """

    article: Css = ()
    title: Css = ()
    kicker: Css = ()
    lead: Css = ()
    origin: Css = ()
    body: Css = ()
    around_body: Css = ()
    date: Css = ()
    code: Css = ()
    sections: Css = ()
    service: Css = ()
    tags: Css = ()
    authors: Css = ()
    image: Css = ()
    gallery: Css = ()
    player: Css = ()
    short_link: Css = ()
    noise: str = ""
    chrome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """One family: how it writes addresses, how its pages are known, and its selectors.

    ``version`` grows with every change that reads a page differently. ``generator`` is what the meta of that name
    holds; ``prefix`` begins the names of the family's own metas; ``marks`` are CSS of boxes that only this family
    makes, for pages without a head. ``listings`` and ``errors`` are page types (the meta ``<prefix>pageType``, or
    the class ``pt-…`` of the body) that are no articles.
    """

    name: str
    version: int
    scheme: Scheme
    generator: str
    prefix: str
    marks: Css
    page: Selectors
    listings: frozenset[str] = frozenset()
    errors: frozenset[str] = frozenset()

    @property
    def reader(self) -> str:
        return f"{self.name}/{self.version}"


def alternatives(css: Css) -> tuple[str, ...]:
    """The selectors of a field, in the order in which they are tried.

    >>> alternatives("h1"), alternatives(("h1.title", "h1"))
    (('h1',), ('h1.title', 'h1'))
    """
    return (css,) if isinstance(css, str) else css
