"""The title of a page of which nothing is known: the heading that the head repeats, else what the head says."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.document import line, short_line
from crawler.text import fold, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from crawler.document import Document
    from crawler.generic.json_ld import Stated

# What parts a title from the name of its site.
_PARTS = re.compile(r"\s+[-–—|»«•]\s+|\s*(?:\||::|»|\u00bb)\s*")
_SITE = re.compile(r"^(?:خبرگزاری|پایگاه|روزنامه|سایت|وب\u200c?سایت|باشگاه[\s\u200c]خبرنگاران)\b|(?:نیوز|آنلاین|News)$")
_MOST = 200  # headings that are looked at
_LONGEST = 400  # letters of a title
_MOST_OF_CLAIM = 0.4  # what a heading repeats of what the head says
_FEWEST_WORDS = 3
_MOST_NAME_WORDS = 5  # of a site's name


def title_node(page: Document, stated: Stated) -> Element | None:
    """The first heading that the head repeats; where the head repeats none, the only h1 of several words."""
    claims = [fold(said) for _, said in claimed(page, stated)]
    nodes = islice(page.root.iter("h1", "h2", "h3"), _MOST)
    headings = [(node, fold(said)) for node in nodes if (said := short_line(node, _LONGEST))]
    matching = (node for one in claims for node, said in headings if len(said.split()) > 1 and _repeats(one, said))
    found = next(matching, None)
    if found is not None:
        return found
    alone = [node for node, said in headings if node.tag == "h1" and len(said.split()) >= _FEWEST_WORDS]
    return alone[0] if len(alone) == 1 else None


def claimed(page: Document, stated: Stated) -> Iterator[tuple[str, str]]:
    """What the head says of the title, with where: the likeliest first."""
    if said := stated.text("headline") or stated.text("name"):
        yield "JSON-LD headline", said
    for name in ("og:title", "twitter:title", "dc.title", "title"):
        if said := page.meta(name):
            yield f"meta {name}", said
    if said := line(next(page.root.iter("title"), None)):
        yield "title", said


def without_site(title: str, page: Document) -> str:
    """A title without the name of its site, which stands at one of its ends.

    Where the page does not say its name, a last part of few words, after a longer one, is taken for it.
    """
    names = {fold(name) for name in (page.meta("og:site_name", "application-name"),) if name}
    title = tidy(title)
    parts = _PARTS.split(title)
    if len(parts) == 1:
        return title
    for at, rest in ((-1, slice(None, -1)), (0, slice(1, None))):
        if fold(parts[at]) in names or _SITE.search(parts[at]):
            return _cut(title, parts[rest])
    last, before = parts[-1].split(), " ".join(parts[:-1]).split()
    is_name = not names and len(last) <= _MOST_NAME_WORDS and len(before) > len(last)
    return _cut(title, parts[:-1]) if is_name else title


def _cut(title: str, parts: list[str]) -> str:
    """The stretch of the title from the first of these parts to the last, as it was written."""
    start = title.index(parts[0])
    return tidy(title[start : title.rindex(parts[-1]) + len(parts[-1])])


def _repeats(claim: str, heading: str) -> bool:
    """Whether one holds the other, and not only the name of the site that stands in both."""
    few, many = sorted((claim, heading), key=len)
    return few in many and len(few) >= _MOST_OF_CLAIM * len(many)
