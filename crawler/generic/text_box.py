"""Where the text of an article stands on a page of which nothing is known: the box that holds most of its prose.

Prose is what stands in blocks of many letters outside links. From the whole page down, the box that holds nearly all
of it is taken, until its prose is spread over its children: those are the paragraphs. Furniture (comments, related
articles, share bars) is known by the names of its classes, and by holding links and nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from crawler.generic.lines import is_furniture_line
from crawler.generic.roles import is_furniture
from crawler.prose import BLOCKS, SILENT, is_hidden
from crawler.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element as Element

_FEWEST_LETTERS = 30  # outside links, of a block that counts as prose
_FEWEST_IN_SENTENCE = 12  # of one that ends like a sentence
_SENTENCE_ENDS = (".", "؟", "!", "…", "»")
_LIST = 0.3  # what a letter of a list counts beside one of a paragraph
_NEARLY_ALL = 0.72  # of a box's prose, in one of its children
_ALL_BUT_ALL = 0.9  # the same, where that child holds a single paragraph
_LISTED = 0.6  # of the letters of a box of links
# What an agency writes below its own text.
END_MARK = re.compile(r"(?:انتهای|پایان)[\s\u200c]پیام")
_END_WEIGHT = 10
_PAGE = frozenset({"html", "body", "main"})
_MOST_FURNISHED = 0.5  # of the page's prose, in a box whose name says that it is furniture
_BOXES = BLOCKS - {"br", "hr"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEAVES = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "th", "dd", "dt", "span"}
)
_ASIDES = frozenset({"aside", "footer", "nav"})


@dataclass(slots=True)
class TextBox:
    """The box, the paragraphs of prose in it, what in it is furniture, and how many letters of prose it holds."""

    box: Element
    paragraphs: list[Element]
    furniture: set[Element]
    letters: int


def text_box(root: Element, known: Collection[str] = ()) -> TextBox | None:
    """The box of the text; None where the page holds no prose.

    ``known`` are texts that are read as something else (title, lead), folded: they do not say where the text stands.
    """
    blocks = _blocks(root)
    prose = {one: letters for one, said in blocks.items() if (letters := _weight(one, said, known))}
    every = _spread(prose)
    furniture = _furniture(root, every)
    told = {one: letters for one, letters in prose.items() if not _is_in(one, furniture)}
    held = _spread(told)
    if not held:
        return None
    box = _widen(_descend(root, held, told), held, blocks)
    within = [one for one in prose if one is box or box in one.iterancestors()]
    return TextBox(box, within, {*furniture, *_link_boxes(box, blocks)}, int(held[box]))


def _blocks(root: Element) -> dict[Element, _Said]:
    """What stands in each block itself, in document order."""
    hearing = _Hearing([root])
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start":
            if _is_silent(node):
                walker.skip_subtree()
            else:
                hearing.enter(node)
        elif event == "end" and not _is_silent(node):
            hearing.leave(node)
        if event != "start" and node is not root:
            hearing.hear(node.tail)
    return hearing.said


def _is_silent(node: Element) -> bool:
    return node.tag in SILENT or is_hidden(node)


@dataclass(slots=True)
class _Said:
    """The words of one block, outside links and inside."""

    plain: list[str] = field(default_factory=list)
    linked: int = 0

    @property
    def letters(self) -> int:
        return sum(map(len, self.plain))


@dataclass(slots=True)
class _Hearing:
    open: list[Element]
    links: int = 0
    said: dict[Element, _Said] = field(default_factory=dict)

    def enter(self, node: Element) -> None:
        if node.tag == "a":
            self.links += 1
        elif node.tag in _BOXES:
            self.open.append(node)
        self.hear(node.text)

    def leave(self, node: Element) -> None:
        if node.tag == "a":
            self.links -= 1
        elif self.open[-1] is node and len(self.open) > 1:
            self.open.pop()

    def hear(self, text: str | None) -> None:
        if not text or not (text := text.strip()):
            return
        said = self.said.setdefault(self.open[-1], _Said())
        if self.links:
            said.linked += len(text)
        else:
            said.plain.append(text)


def _weight(block: Element, said: _Said, known: Collection[str]) -> float:
    """How many letters of prose stand in a block itself; lists count little, headings and boilerplate nothing."""
    letters = said.letters
    text = " ".join(said.plain)
    fewest = _FEWEST_IN_SENTENCE if text.endswith(_SENTENCE_ENDS) else _FEWEST_LETTERS
    if letters < fewest or said.linked > letters:
        return _END_WEIGHT if letters and END_MARK.search(text) else 0
    if block.tag in _HEADINGS or is_furniture_line(text) or (known and fold(text) in known):
        return 0
    return letters * _LIST if block.tag == "li" else letters


def _spread(prose: dict[Element, float]) -> dict[Element, float]:
    """How much of the prose each box holds."""
    held: dict[Element, float] = defaultdict(float)
    for block, letters in prose.items():
        held[block] += letters
        for above in block.iterancestors():
            held[above] += letters
    return held


def _descend(root: Element, held: dict[Element, float], prose: Collection[Element]) -> Element:
    box, spoken = root, _spread(dict.fromkeys(prose, 1.0))
    while True:
        best = max((child for child in box if child in held), key=lambda child: held[child], default=None)
        if (
            best is None
            or held[best] < _NEARLY_ALL * held[box]
            or (_is_leaf(best) or (spoken[best] == 1 and held[best] < _ALL_BUT_ALL * held[box]))
        ):
            return box
        box = best


def _widen(box: Element, held: dict[Element, float], blocks: dict[Element, _Said]) -> Element:
    """The box with the paragraphs that stand beside it, as far as no title stands there too."""
    above = box.getparent()
    while above is not None and above.tag not in _PAGE and not _has_title(above):
        if held[above] > held[box] or (above in blocks and END_MARK.search(" ".join(blocks[above].plain))):
            box = above
        above = above.getparent()
    return box


def _has_title(node: Element) -> bool:
    return next(node.iter("h1"), None) is not None


def _is_leaf(node: Element) -> bool:
    """Whether it is one paragraph: no block stands in it."""
    return node.tag in _LEAVES or not any(below.tag in BLOCKS for below in node.iterdescendants())


def _furniture(root: Element, held: dict[Element, float]) -> set[Element]:
    """The outermost boxes whose names say so, but none that holds most of the page's prose."""
    found: set[Element] = set()
    most = _MOST_FURNISHED * held.get(root, 0)
    walker = etree.iterwalk(root, events=("start",))
    for _, node in walker:
        if node.tag in _ASIDES or (is_furniture(node) and held.get(node, 0) <= most):
            found.add(node)
            walker.skip_subtree()
    return found


def _is_in(node: Element, boxes: set[Element]) -> bool:
    return bool(boxes) and (node in boxes or any(above in boxes for above in node.iterancestors()))


def _link_boxes(box: Element, blocks: dict[Element, _Said]) -> Iterator[Element]:
    """Lists and boxes in it that hold links and little else."""
    linked = _spread({one: float(said.linked) for one, said in blocks.items() if said.linked})
    plain = _spread({one: float(said.letters) for one, said in blocks.items()}) if linked else {}
    for node in box.iterdescendants("ul", "ol", "div", "section", "table", "dl"):
        if node in linked and linked[node] >= _LISTED * (linked[node] + plain.get(node, 0)):
            yield node
