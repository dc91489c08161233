"""A new agency: what a page tells of the site that it is from."""

from __future__ import annotations

import difflib
import importlib
import keyword
import re
from typing import TYPE_CHECKING, Final

from parsel import Selector

from bayegan.growing.newcomer import Newcomer, camel
from crawler import agencies
from crawler.document import parse
from crawler.errors import EmptyPageError, InterstitialError, NotAnArticleError, UsageError
from crawler.listing import Reader
from crawler.markup import MARKUPS, markup_of
from crawler.recognition import recognise
from crawler.refusal import why_no_article
from crawler.text import tidy_name
from crawler.undeclared import undeclared
from crawler.urls import Home, host_of, is_web, path_of

if TYPE_CHECKING:
    from crawler.agencies import Agency, Fact
    from crawler.document import Document

GENERIC: Final = "generic"
FAMILIES: Final = (*(markup.name for markup in MARKUPS if markup.name != GENERIC), GENERIC)
UNKNOWN: Final = "no family's mark was found"
LONGEST_TITLE: Final = 60  # letters; what is longer is a sentence about the site
SITE_METAS: Final = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_NOT_OF_A_NAME: Final = re.compile(r"[^a-z0-9]+")
_LETTER: Final = re.compile(r"[\u0600-\u06ff]")
_HTML: Final = ("head", "title", "meta", "link", "a", "div", "article")


def look(html: bytes, url: str, *, name: str | None = None, family: str | None = None) -> Newcomer:
    """What a page tells of its site; ``name`` and ``family`` are what its owner knows better.

    Raises UsageError where the address is missing or claimed, for a name that is taken or none and for an unknown
    family; NotAnArticleError for what is no page of a site.
    """
    page = _page(html)
    address = _address(page, url)
    site = undeclared(address)
    called = _free(_label(site.name) if name is None else name)
    known, evidence = _family(page, family)
    title, titled = _title(page, site.name)
    feeds = tuple(feed.removeprefix(site.home) for feed in _feeds(page, site, address))
    return Newcomer(
        name=called,
        title=title,
        titled=titled,
        home=site.home,
        family=known,
        evidence=evidence,
        feeds=feeds,
        declared=tuple(feed for feed in feeds[:1] if not _is_asked_anyhow(known, feed)),
        proven=_proven(known, address, feeds),
    )


def _page(html: bytes) -> Document:
    """The page, where it is one; a page without words may still bear marks."""
    page = parse(html)
    trouble = why_no_article(page)
    if isinstance(trouble, InterstitialError):
        raise trouble
    if not any(True for _ in page.root.iter(*_HTML)):
        if isinstance(trouble, EmptyPageError):
            raise trouble
        raise NotAnArticleError("This is no HTML page: give the address of an article, or a saved page.")
    return page


def _address(page: Document, url: str) -> str:
    """Where the page stands, as given, else as it says itself."""
    stated = (page.link("canonical"), page.meta("og:url"))
    address = url or next((one for one in stated if one and is_web(one) and host_of(one)), None)
    if address is None:
        raise UsageError("The page does not say where it stands: give its address with --url.")
    owner = agencies.agency_at(address)
    if owner is not None:
        raise UsageError(
            f"{address} belongs to {owner.name} already: change spiders/{owner.name}.py where it is wrong."
        )
    return address


def _label(domain: str) -> str:
    """The first label of a domain as a name; a name never begins with a digit."""
    label = _NOT_OF_A_NAME.sub("_", domain.partition(".")[0].lower()).strip("_")
    if not label:
        raise UsageError(f"{domain} has no Latin letters to make a name of: say one with --name.")
    return label if label[:1].isalpha() else f"n{label}"


def _free(name: str) -> str:
    """The name, where it is one and nobody's yet."""
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise UsageError(
            f"«{name}» is no name for an agency: use small Latin letters, digits and _, as in --name tabnak."
        )
    if any(name == known.name for known in agencies.all_agencies()):
        raise UsageError(f"There is an agency called {name} already: choose another with --name.")
    return name


def _family(page: Document, given: str | None) -> tuple[str, str]:
    """The family with what speaks for it: the owner's word first, then the marks of the page."""
    seen = recognise(page)
    if given is None:
        return (seen.markup.name, seen.evidence) if seen else (GENERIC, UNKNOWN)
    if given not in FAMILIES:
        near = difflib.get_close_matches(given, FAMILIES, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(FAMILIES)}."
        raise UsageError(f"No family is called «{given}»: {hint}")
    told = UNKNOWN if seen is None else f"the page bears the marks of {seen.markup.name}: {seen.evidence}"
    return given, f"as --family says; {told}"


def _title(page: Document, domain: str) -> tuple[str, str]:
    """What the site calls itself, and where; its domain where it does not say."""
    for name in SITE_METAS:
        if (said := _persian(page.meta(name) or "")) and len(said) <= LONGEST_TITLE:
            return said, name
    return domain, "its domain: the page does not say what it is called"


def _persian(said: str) -> str:
    """Of a name with its slogan and its Latin form («نام | شعار | NAME») the first part in Persian letters."""
    parts = [tidy_name(part) for part in said.split("|")]
    return next((part for part in parts if _LETTER.search(part)), parts[0])


def _feeds(page: Document, site: Agency, address: str) -> tuple[str, ...]:
    """The feeds that the page names, without those of comments."""
    named = Reader(site, Home(site.home)).feeds(Selector(root=page.root, type="html"), address)
    return tuple(feed for feed in named if "comment" not in feed.lower())


def _proven(family: str, address: str, feeds: tuple[str, ...]) -> tuple[Fact, ...]:
    """An address in the family's form, a feed that the page names."""
    scheme = markup_of(family).scheme if family != GENERIC else None
    facts: dict[Fact, bool] = {
        "address": scheme is not None and scheme.match(path_of(address)) is not None,
        "feed": bool(feeds),
    }
    return tuple(fact for fact, seen in facts.items() if seen)


def _is_asked_anyhow(family: str, feed: str) -> bool:
    """Whether spiders of the family ask for this feed without being told."""
    spider = getattr(importlib.import_module("crawler.families"), camel(family))
    return spider.home_names_feeds or feed in spider.feeds
