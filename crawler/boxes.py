"""Where on a page an article stands: the box of its text, and the smallest one that holds its title as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.document import around, first, select, short_line
from crawler.markup import alternatives

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from crawler.markup import Css

_LONGEST_TITLE = 1_000


def outermost(scope: Element, css: Css) -> Element | None:
    """The first match, or what else matches around it: other pages are pasted into bodies, bodies and all."""
    found = first(scope, css)
    return found if found is None else next(iter(around(found, css)), found)


def nearest(box: Element, body: Element, titles: Css) -> Element:
    """The smallest box in ``box`` that holds ``body`` and a title that speaks; ``box`` where none does.

    Side boxes and other articles on the page have titles, kickers and leads of the same names: what stands outside is
    theirs.
    """
    for one in alternatives(titles):
        found = (node for node in select(box, one, body) if short_line(node, _LONGEST_TITLE))
        holding = {above for node in found for above in node.iterancestors()}
        for above in body.iterancestors():
            if above in holding:
                return above
            if above is box:
                break
    return box
