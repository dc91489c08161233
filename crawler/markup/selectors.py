"""Where a family keeps what: plain frozen values, that the reader uses without Scrapy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

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
    is no prose, wherever it stands; ``chrome`` likewise, but only in ``around_body``; ``skip`` is CSS of further boxes
    that are no prose in either. ``lead_in_body`` is a lead that themes for video put among the text. ``authors`` are
    boxes in which a label stands before a writer's name, ``writers`` those that hold the name alone, ``byline`` is the
    pattern of a text's beginning that tells its writer's ``name``. ``date`` is when the article was published,
    ``changed`` when it was changed.

    ``wide`` is for themes that put heading, breadcrumb or tags beside the article's box: what it does not hold is
    looked for on the whole page, outside lists and side boxes. ``code_attribute`` is where the boxes of ``code`` hold
    the bare number, ``before_section`` a word that a theme writes before every section, ``tag_metas`` the metas of the
    head that list tags (elsewhere ``keywords`` is written for search engines).

    ``past`` are the selectors of earlier years, so that old pages are read as they were written: of those whose
    ``until`` is not before the page's day the earliest: ``replace(Nastooh.page, past=(Dated(until=…, page=…),))``.
    """

    article: Css = ()
    title: Css = ()
    kicker: Css = ()
    lead: Css = ()
    lead_in_body: Css = ()
    origin: Css = ()
    body: Css = ()
    around_body: Css = ()
    date: Css = ()
    changed: Css = ()
    code: Css = ()
    sections: Css = ()
    service: Css = ()
    tags: Css = ()
    authors: Css = ()
    writers: Css = ()
    byline: str = ""
    image: Css = ()
    gallery: Css = ()
    player: Css = ()
    short_link: Css = ()
    skip: Css = ()
    noise: str = ""
    chrome: str = ""
    wide: bool = False
    code_attribute: str = ""
    before_section: str = ""
    tag_metas: tuple[str, ...] = ("article:tag", "keywords")
    past: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Yesterday's selectors: of pages that were published up to the day ``until`` (Tehran's, inclusive)."""

    until: date
    page: Selectors


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """One family: how it writes addresses, how its pages are known, and its selectors.

    ``version`` grows with every change that reads a page differently.

    A page is known by its head first, by its boxes second; what the head says of any family beats the boxes of all:

    * ``generator`` is part of what the meta of that name holds, in lower case (a page whose generator is another's
      is none of a family that has one);
    * ``prefix`` begins the names of the family's own metas, as in ``nastooh:``; its metas ``<prefix>code``, ``…nid``,
      ``…newsType`` and ``…pageType`` are read. Families without own metas leave it empty;
    * ``assets`` are parts of the addresses of scripts, style sheets and feeds that the page loads (``script[src]``,
      ``link[href]``) and that no other family's pages load;
    * ``body`` begins a class of the body element, as in ``nt-``;
    * ``marks`` are CSS of boxes that only this family makes, for pages without a head. They cost nothing where the page
      holds none of their classes, ids and quoted attribute values: name at least one in each.

    ``listings`` and ``errors`` are page types (the meta ``<prefix>pageType``, or the class ``pt-…`` of the body) that
    are no articles; ``list_marks`` are CSS of what stands only on lists, for families whose pages do not say their
    type: a page that bears one, and no body of an article, is a list.

    Which family reads a page, first that does: what its head says; the agency's own, then any, by ``marks``; the
    agency's own, unrecognised, where its selectors find title and body; the generic reader.
    """

    name: str
    version: int
    scheme: Scheme
    page: Selectors
    generator: str = ""
    prefix: str = ""
    assets: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    marks: Css = ()
    listings: frozenset[str] = frozenset()
    errors: frozenset[str] = frozenset()
    list_marks: Css = ()

    @property
    def reader(self) -> str:
        return f"{self.name}/{self.version}"


def alternatives(css: Css) -> tuple[str, ...]:
    """The selectors of a field, in the order in which they are tried.

    >>> alternatives("h1"), alternatives(("h1.title", "h1"))
    (('h1',), ('h1.title', 'h1'))
    """
    return (css,) if isinstance(css, str) else css
