"""Which family a page is of, and by what it is known.

What the head says (generator, own metas, scripts, the class of the body) costs next to nothing and beats the boxes of
all families; boxes are asked for only where the page holds their names at all, collected in one pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from crawler.document import first
from crawler.markup import MARKUPS, alternatives
from crawler.narrowing import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from crawler.document import Document
    from crawler.markup import Markup

_LOADED = etree.XPath("//script/@src | //link/@href", smart_strings=False)


class Known(NamedTuple):
    """A family, and what on the page speaks for it."""

    markup: Markup
    evidence: str


def recognise(page: Document, own: str | None = None) -> Known | None:
    """The family that the page bears the marks of, ``own`` (the agency's, by name) before others; None for none's.

    Of boxes that stand in each other the outer one speaks: other sites' articles are pasted into bodies.
    """
    order = sorted(MARKUPS, key=lambda one: one.name != own)
    heads = ((one, _in_head(page, one)) for one in order)
    known = next((Known(one, said) for one, said in heads if said), None)
    return known or _by_boxes(page, [one for one in order if not _is_anothers(page, one)], own)


def _in_head(page: Document, markup: Markup) -> str | None:
    """What the head, or the body's class, says of the family."""
    generator = page.meta("generator") or ""
    if markup.generator and markup.generator in generator.lower():
        return f"the generator «{generator}»"
    if markup.prefix and (meta := next((name for name in page.metas if name.startswith(markup.prefix)), None)):
        return f"the meta «{meta}»"
    if markup.body and (name := next((name for name in _body_classes(page) if name.startswith(markup.body)), None)):
        return f"the class «{name}» of the body"
    if markup.assets and (address := next(_loaded(page, markup.assets), None)):
        return f"the address «{address}»"
    return None


def _is_anothers(page: Document, markup: Markup) -> bool:
    """Whether the page names a generator that is not the family's."""
    return bool(markup.generator and page.meta("generator"))


def _body_classes(page: Document) -> list[str]:
    body = page.root.find("body")
    return [] if body is None else body.get("class", "").split()


def _loaded(page: Document, parts: tuple[str, ...]) -> Iterator[str]:
    addresses: Iterable[str] = _LOADED(page.root)
    return (address for address in addresses if any(part in address for part in parts))


def _by_boxes(page: Document, markups: list[Markup], own: str | None) -> Known | None:
    names = page.names
    found: list[tuple[Known, Element]] = []
    for markup in markups:
        for css in _worth_asking(markup, names):
            box = first(page.root, css)
            if box is not None and not _is_pasted(box):
                found.append((Known(markup, f"the box «{css}»"), box))
                break
        if found and markup.name == own:
            break
    outer = (known for known, box in found if not any(other in box.iterancestors() for _, other in found))
    return next(outer, None)


def _worth_asking(markup: Markup, names: frozenset[str]) -> Iterator[str]:
    """Its marks, each by itself, those of which the page holds every class and id."""
    return (css for one in alternatives(markup.marks) for css, asked in parts(one) if asked <= names)


def _is_pasted(box: Element) -> bool:
    """Inside a box of this class it is text that was pasted into a page of another family; one calls a column so."""
    return any("body" in above.get("class", "").split() for above in box.iterancestors("div", "td"))
