"""What an element is for, by the words in its classes and id: sites that never met call the same thing alike."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from crawler.prose import SILENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# Of a pair such as «has-sidebar» the word says what stands beside the element, not what it is.
_ABOUT_OTHERS = frozenset({"has", "with", "without", "no", "open", "enable", "enabled", "allow", "show"})

_ROLES = {
    "kicker": "kicker rutitr rotitr rootitr rootitle roititr titrrou uptitle uptitr overtitle surtitle pretitle",
    "lead": "lead lid lide intro introtext summary standfirst excerpt sutitr subtitle abstract chekide sotitr",
    "date": "date pdate pubdate datetime time publish published tarikh zaman timestamp clock",
    "tags": "tag tags tagbox taglist keyword keywords barchasb hashtag hashtags",
    "trail": "breadcrumb breadcrumbs crumb crumbs trail newspath",
    "service": "service services category categories",
    "writer": "author authors byline reporter writer journalist nevisande khabarnegar",
}
_FURNITURE = """
    comment comments disqus related relateds recommend recommended recommendation sidebar share sharing sharer
    social socials footer breadcrumb breadcrumbs menu navbar nav navigation tag tags tagbox taglist keyword
    keywords caption captions advert adverts advertise advertisement advertising ads adv banner banners popup
    modal newsletter subscribe poll copyright cookie cookies latest mostread mostview mostvisited trending
    readmore print printer shortlink short tooltip pagination pager pagenav rating rate toolbar tools widget
    widgets player jwplayer videojs noprint hidden slider carousel ticker login search gallery hints qrcode
    barcode visit visits views
"""
_WORDS_OF = {role: frozenset(words.split()) for role, words in {**_ROLES, "furniture": _FURNITURE}.items()}
_MOST = 300
_WHOLE = frozenset({"html", "body", "main", "article"})


def names_of(node: Element) -> list[str]:
    return f"{node.get('class', '')} {node.get('id', '')}".split() if node.attrib else []


def is_furniture(node: Element) -> bool:
    """Whether it is named as something that no article's text stands in."""
    return node.tag not in _WHOLE and any("furniture" in roles_of(name) for name in names_of(node))


@lru_cache(maxsize=8192)  # some sites make up new names with every build
def roles_of(name: str) -> frozenset[str]:
    """What a class or id of this name is for; several words may say several things.

    >>> sorted(roles_of("news_pdate_c")), sorted(roles_of("has-sidebar"))
    (['date'], [])
    """
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words or words[0] in _ABOUT_OTHERS:
        return frozenset()
    said = {*words, *(one + two for one, two in pairwise(words))}  # «up-title» is an «uptitle»
    return frozenset(role for role, known in _WORDS_OF.items() if not known.isdisjoint(said))


@dataclass(frozen=True, slots=True)
class Named:
    """The elements of a page that are named for something, by role, in document order, the first hundreds."""

    by_role: dict[str, list[Element]]

    def inside(self, scope: Element, role: str) -> Iterator[Element]:
        return (node for node in self.by_role.get(role, ()) if scope in node.iterancestors())


def named(root: Element) -> Named:
    """All in one pass."""
    found: dict[str, list[Element]] = defaultdict(list)
    for node in root.iterdescendants(etree.Element):
        if node.attrib and node.tag not in SILENT:
            for role in {role for name in names_of(node) for role in roles_of(name)}:
                if len(found[role]) < _MOST:
                    found[role].append(node)
    return Named(found)
