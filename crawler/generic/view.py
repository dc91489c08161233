"""A page of which nothing is known, looked at once: its title, the box of its text, and the region that holds both."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from crawler.document import short_line
from crawler.generic.headings import claimed, title_node
from crawler.generic.json_ld import stated
from crawler.generic.roles import is_furniture, named, names_of, roles_of
from crawler.generic.text_box import text_box
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from crawler.document import Document
    from crawler.generic.json_ld import Stated
    from crawler.generic.roles import Named
    from crawler.generic.text_box import TextBox

_DESCRIPTIONS = ("og:description", "description", "twitter:description")
_LONGEST_LABEL = 160  # letters of a date, a by-line, a row of tags
_LEAD_LETTERS = range(20, 1500)
_SUBTITLES = frozenset({"h2", "h3", "h4", "h5"})
_LEAD_TAGS = ("p", "h2", "h3", "h4", "h5", "div", "strong", "span")
_WHOLE = frozenset({"html", "body"})
_FEWEST_APART = 200  # letters of a text that shares no box with its title
_MOST_LEADS = 1_000  # elements between title and text that are looked at
_MOST_BOXES = 8  # around a title, that are looked into
_ASIDES = frozenset({"aside", "nav", "footer", "li"})


@dataclass(frozen=True, slots=True)
class View:
    """``region`` is the smallest box around the text that holds the title too, the whole page where none does."""

    page: Document
    stated: Stated
    addresses: tuple[str, str]
    title: Element | None
    text: TextBox | None
    region: Element
    kicker: Element | None
    lead: Element | None
    named: Named

    def having(self, role: str) -> Iterator[Element]:
        """What is named for this in the region, innermost boxes too, but in no side box."""
        return (node for node in self.named.inside(self.region, role) if not _is_aside(node, self.region))

    def around(self, role: str, levels: int) -> Iterator[Element]:
        """The same, also that many boxes above the region."""
        box = self.region
        for _ in range(levels):
            above = box.getparent()
            box = box if above is None or above.tag in _WHOLE else above
        return (node for node in self.named.inside(box, role) if not _is_aside(node, box))


def view(page: Document, addresses: tuple[str, str]) -> View:
    said = stated(page)
    title = title_node(page, said)
    descriptions = {fold(one) for one in (*map(page.meta, _DESCRIPTIONS), said.text("description")) if one}
    known = {*descriptions, *(fold(one) for _, one in claimed(page, said))}
    text = text_box(page.root, known)
    region = _region(page.root, title, text.box if text else page.root)
    if title is not None and region.tag in _WHOLE and (text is None or text.letters < _FEWEST_APART):
        text = _beside(title, known) or text  # far from the title, a few words may be the page's own
        region = _region(page.root, title, text.box if text else page.root)
    names = named(page.root)
    order = {node: at for at, node in enumerate(region.iter())}
    place = order.get(title, -1) if title is not None else -1
    kicker = next(_kickers(names, region, order, place), None) if title is not None else None
    lead = next(_leads(region, order, place, descriptions, text), None)
    return View(page, said, addresses, title, text, region, kicker, lead, names)


def _beside(title: Element, known: set[str]) -> TextBox | None:
    """The text in the smallest box around the title that holds some."""
    boxes = (above for above in title.iterancestors() if above.tag not in _WHOLE)
    return next((text for box in islice(boxes, _MOST_BOXES) if (text := text_box(box, known))), None)


def _region(root: Element, title: Element | None, box: Element) -> Element:
    if title is None:
        return root
    around = {title, *title.iterancestors()}
    return next((above for above in (box, *box.iterancestors()) if above in around), root)


def _kickers(names: Named, region: Element, order: dict[Element, int], title: int) -> Iterator[Element]:
    """Short lines named for it before the title; «subtitle» is one there, and a lead after it."""
    subtitles = (node for node in names.inside(region, "lead") if node.tag in _SUBTITLES)
    for node in (*names.inside(region, "kicker"), *subtitles):
        if order[node] < title and short_line(node, _LONGEST_LABEL) and next(node.iter("h1"), None) is None:
            yield node


def _leads(
    region: Element, order: dict[Element, int], title: int, descriptions: set[str], text: TextBox | None
) -> Iterator[Element]:
    """What is named for it, or what the head's description repeats outside the text; between title and text."""
    start = _start(order, title, text)
    between = takewhile(lambda node: order[node] <= start, region.iterdescendants(*_LEAD_TAGS))
    for node in islice((node for node in between if order[node] > title), _MOST_LEADS):
        if text and _holds(node, text.box):
            continue
        is_lead = _is_named_lead(node)
        inside = text is not None and text.box in node.iterancestors()
        if not is_lead and (inside or not descriptions):
            continue
        said = short_line(node, _LEAD_LETTERS.stop)
        if len(said) in _LEAD_LETTERS and (is_lead or fold(said) in descriptions) and not is_furniture(node):
            yield _innermost(node, said)


def _is_named_lead(node: Element) -> bool:
    return node.get("itemprop") == "description" or any("lead" in roles_of(name) for name in names_of(node))


def _start(order: dict[Element, int], title: int, text: TextBox | None) -> int:
    """Where the text begins: at the last place where a lead may stand."""
    after = (order[one] for one in text.paragraphs if order.get(one, -1) > title) if text else ()
    return next(iter(after), len(order))


def _holds(node: Element, box: Element) -> bool:
    return node is box or node in box.iterancestors()


def _innermost(node: Element, said: str) -> Element:
    """The element in it that says the same."""
    while True:
        saying = (child for child in node.iterchildren("*") if short_line(child, len(said)) == said)
        if (child := next(saying, None)) is None:
            return node
        node = child


def _is_aside(node: Element, region: Element) -> bool:
    for above in node.iterancestors():
        if above is region:
            return False
        if above.tag in _ASIDES:
            return True
    return False
