"""The paragraphs of a box of markup, in whatever elements its words stand.

One walk in document order: block elements and ``<br>`` part paragraphs, inline elements never do, so that
«<span>بنی</span>هاشم» stays one word. What surrounds an article (captions, players, share bars, «بیشتر بخوانید»)
is left out on the way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from crawler.text import tidy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element as Element

# Elements whose words are no prose of the page, wherever they stand.
_SILENT = """
    script style noscript template iframe object embed applet svg math canvas video audio map form button input select
    textarea label datalist dialog figcaption head title meta link xml nav
"""
# Elements that begin and end a paragraph; all others stand in one.
_BLOCKS = """
    address article aside audio blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav object ol p pre section
    summary table tbody td tfoot th thead tr ul video
"""
SILENT = frozenset(_SILENT.split())
BLOCKS = frozenset(_BLOCKS.split())
_CELLS = frozenset({"td", "th"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SHOWN_AGAIN = re.compile(r"\bd-\w+-(?:block|inline|inline-block|flex|grid|table)\b")

# «بیشتر بخوانید» and its kin: alone, or in front of links, they open a box of links.
_GAP = r"[\s\u200c]+"
_MORE = re.compile(
    rf"[\W_]*(?:(?:این|در){_GAP}[^.:؛]{{0,30}})?(?:بیشتر|همچنین|هم|نیز|را){_GAP}(?:بخوانید|ببینید|بشنوید)[\W_]*"
    r"|[\W_]*بخوانید[\W_]*"
    r"|[\W_]*بیشتر\s*:\s*"
)
_MORE_OF = re.compile(rf"[\W_]*(?:بیشتر|همچنین){_GAP}بخوانید\s*[:؛|/-]")
# These are a heading like any other, unless links follow.
_RELATED = re.compile(rf"[\W_]*(?:مطالب|مطلب|اخبار|خبر|خبر\u200c?های|گزارش\u200c?های){_GAP}مرتبط[\W_]*")
_LONGEST_LABEL = 80

# Paragraphs that a player, a download button or a copied embed code leaves behind.
_CHROME = re.compile(
    rf"(?:تعداد{_GAP})?(?:بازدید|نمایش)\s*:?\s*[\d,٬]+(?:\s*(?:بار|نفر))?"
    rf"|کد{_GAP}(?:ویدیو|ویدئو|فیلم|پخش)\s*:?"
    rf"|(?:دانلود|دریافت)(?:{_GAP}(?:ویدیو|ویدئو|فیلم|فایل|صوت|عکس))?\s*:?\s*(?:[\d.٫]+\s*(?:[KMG]B|مگابایت|کیلوبایت))?"
    rf"|لینک{_GAP}کوتاه\s*:?\s*\S*|کپی{_GAP}شد"
)
_EMBED_CODE = re.compile(r"<(?:iframe|script|style|embed|object|video|div)\b.*>", re.IGNORECASE)
_WORD = re.compile(r"\w")


class _Said(NamedTuple):
    """A paragraph, and what of it stands outside links."""

    text: str
    unlinked: str

    @property
    def is_link(self) -> bool:
        return self.text is not self.unlinked and not _WORD.search(self.unlinked)

    @property
    def opens_links(self) -> bool:
        """Whether it is «بیشتر بخوانید», alone or with the links themselves."""
        if len(self.unlinked) < _LONGEST_LABEL and _MORE.fullmatch(self.unlinked):
            return True
        return _MORE_OF.match(self.text) is not None and (self.is_link or self.text is self.unlinked)

    @property
    def is_chrome(self) -> bool:
        short = len(self.text) < _LONGEST_LABEL and _CHROME.fullmatch(self.text)
        return bool(short) or (self.text[0] == "<" and _EMBED_CODE.fullmatch(self.text) is not None)


@dataclass(slots=True)
class _Walk:
    """What has been heard so far of a box."""

    said: list[_Said] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)
    links: int = 0
    linked: bool = False
    rows: list[list[int]] = field(default_factory=list)

    def hear(self, text: str | None) -> None:
        if text:
            self.words.append(text)
            if self.links:
                self.linked = True
            else:
                self.unlinked.append(text)

    def pause(self) -> None:
        """End the paragraph."""
        if self.words:
            text = tidy("".join(self.words))
            if text:
                self.said.append(_Said(text, tidy("".join(self.unlinked)) if self.linked else text))
            self.words.clear()
            self.unlinked.clear()
            self.linked = False

    def enter(self, tag: str) -> None:
        if tag == "a":
            self.links += 1
        elif tag in BLOCKS:
            self.pause()
            if tag == "tr":
                self.rows.append([len(self.said)])

    def leave(self, tag: str) -> None:
        if tag == "a":
            self.links -= 1
        elif tag in BLOCKS:
            self.pause()
            if tag in _CELLS and self.rows:
                self.rows[-1].append(len(self.said))
            elif tag == "tr":
                self._close_row(self.rows.pop())

    def _close_row(self, marks: list[int]) -> None:
        """A row is one paragraph; a row with one speaking cell is layout, and its paragraphs stay."""
        marks.append(len(self.said))
        cells = [self.said[a:b] for a, b in pairwise(marks) if a < b]
        if len(cells) > 1:
            row = " ".join(part.text for cell in cells for part in cell)
            self.said[marks[0] :] = [_Said(row, row)]


def paragraphs(box: Element, noise: Collection[str] = (), skip: Collection[Element] = ()) -> list[str]:
    """The paragraphs of ``box``, tidied, none empty, in order; repeated ones are kept.

    ``noise`` are classes and ids that hold no prose; ``skip`` are elements that are read as something else.
    A row of a table is one paragraph, its cells parted by a space.
    """
    walk = _Walk()
    walker = etree.iterwalk(box, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start":
            walk.enter(node.tag)
            if node is not box and (node.tag in SILENT or node in skip or _is_silent(node, noise)):
                walker.skip_subtree()
            else:
                walk.hear(node.text)
            continue
        if event == "end":
            walk.leave(node.tag)
        if node is not box:
            walk.hear(node.tail)
    walk.pause()
    return list(_prose(walk.said))


def _prose(said: list[_Said]) -> Iterator[str]:
    """What is left without boxes of links and the traces of players."""
    in_box = False
    for one, after in zip_longest(said, said[1:]):
        if in_box and one.is_link:
            continue
        in_box = one.opens_links or (after is not None and after.is_link and _RELATED.fullmatch(one.text) is not None)
        if not in_box and not one.is_chrome:
            yield one.text


def _is_silent(node: Element, noise: Collection[str]) -> bool:
    """Hidden, an advertisement, a picture with its caption, or named as something that is no prose."""
    if node.tag == "figure":
        # Some editors wrap tables and quotations in a figure.
        return node.find(".//table") is None and node.find(".//blockquote") is None
    if node.tag == "a" and "/redirect/ads/" in node.get("href", ""):
        return True
    if not node.attrib:
        return False
    return is_hidden(node) or node.get("id") in noise or any(name in noise for name in node.get("class", "").split())


def is_hidden(node: Element) -> bool:
    """Whether its own attributes hide it."""
    style, classes = node.get("style"), node.get("class")
    if style and "n" in style and _HIDDEN.search(style):
        return True
    dark = classes is not None and "d-none" in classes and "d-none" in classes.split()
    return "hidden" in node.attrib or (dark and not _SHOWN_AGAIN.search(classes or ""))
