"""A page as served, parsed once: its bytes, its elements, its metas."""

from __future__ import annotations

import codecs
import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from lxml import etree
from parsel import Selector
from parsel.csstranslator import HTMLTranslator
from w3lib.encoding import html_body_declared_encoding, read_bom

from crawler.errors import EmptyPageError
from crawler.markup.selectors import Css, alternatives
from crawler.prose import paragraphs
from crawler.urls import joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lxml.etree import _Element as Element

_CLASSES = etree.XPath("//@class", smart_strings=False)
_IDS = etree.XPath("//@id", smart_strings=False)
_TRANSLATOR = HTMLTranslator()
_UTF8_BOM = codecs.BOM_UTF8
_SAYS_UTF8 = re.compile(rb"""<meta[^<>]{1,80}charset=["']?utf-?8["'\s;>/]""", re.IGNORECASE)
_HEAD = 8192  # bytes in which an encoding is declared, after whatever else the head says
# A meta that stands deeper than here is a field of the article, or came with a page pasted into the body.
_METAS = etree.XPath("/meta | /html/meta | /html/head/meta | /html/body/meta")
_NAMES = ("property", "name", "itemprop", "http-equiv")
# Elements in elements: five times the deepest page that was ever seen. Who looks at all that stands above a node, or
# below it, at every node, would not come to an end in deeper ones.
_DEEPEST = 100
_TOO_DEEP = etree.XPath("/*" * _DEEPEST)
_MOST_NODES = 300  # in an element that is said to be short
_LONGEST_NAME = 1_000


_NOTES: ContextVar[list[str] | None] = ContextVar("notes", default=None)


@contextmanager
def noting() -> Iterator[list[str]]:
    """While it lasts, every meta that answered and every CSS that matched is noted, in order."""
    notes: list[str] = []
    token = _NOTES.set(notes)
    try:
        yield notes
    finally:
        _NOTES.reset(token)


def _note(where: str) -> None:
    notes = _NOTES.get()
    if notes is not None:
        notes.append(where)


@dataclass(frozen=True)
class Document:
    """``metas`` maps the names of the page's own metas (lower case) to what they say, in the page's order."""

    source: bytes
    root: Element
    metas: dict[str, list[str]]

    @cached_property
    def names(self) -> frozenset[str]:
        """Every class and id on the page: what is not among them need not be looked for."""
        return frozenset(" ".join((*_CLASSES(self.root), *_IDS(self.root))).split())

    @property
    def is_fragment(self) -> bool:
        """Whether it is an element of a page, kept without the page's head."""
        return not self.metas and next(self.root.iter("title"), None) is None

    def meta(self, *names: str) -> str | None:
        """What the first of these metas that stands on the page says; None where it says nothing."""
        name = next((name for name in names if name in self.metas), None)
        said = "" if name is None else self.metas[name][0].strip()
        if said:
            _note(f"meta {name}")
        return said or None

    def link(self, rel: str) -> str | None:
        """The address in ``<link rel=…>``."""
        found = (node.get("href") for node in self.root.iter("link") if node.get("rel", "").lower() == rel)
        return next((href.strip() for href in found if href and href.strip()), None)


def parse(html: str | bytes) -> Document:
    """Parse a page, or a fragment of one. Raises EmptyPageError where nothing was served.

    Bytes are read in the encoding that their BOM or meta declares, else as UTF-8; what cannot be read becomes U+FFFD.
    """
    source = _utf8(html).replace(b"\x00", b"").strip()
    if not source:
        raise EmptyPageError("The page is empty: nothing was served.")
    try:
        root = Selector(body=source, type="html").root
    except etree.LxmlError as error:
        raise EmptyPageError(f"The page holds nothing that can be parsed as HTML: {error}.") from error
    shallow(root)
    return Document(source, root, _metas(root))


def shallow(root: Element) -> None:
    """Of elements that stand too deep leave the paragraphs, without the elements that they stand in."""
    for box in _TOO_DEEP(root):
        if len(box):
            said = paragraphs(box)
            box.text = None
            del box[:]
            for one in said:
                etree.SubElement(box, "p").text = one


def _metas(root: Element) -> dict[str, list[str]]:
    """All in one pass. Some sites write ``value=`` for ``content=``."""
    metas: dict[str, list[str]] = {}
    for node in _METAS(root):
        said = dict(node.items())
        text = said.get("content") or said.get("value") or ""
        names = [said[kind].lower() for kind in _NAMES if kind in said]
        for name in names if len(names) == 1 else dict.fromkeys(names):
            metas.setdefault(name, []).append(text)
    return metas


@cache
def _xpath(css: str, axis: str = "descendant-or-self::") -> etree.XPath:
    # Selector.css copies the namespaces at every call and wraps every match: four times the price of this, and a
    # page is asked forty questions.
    return etree.XPath(_TRANSLATOR.css_to_xpath(css, axis))


def select(scope: Element, css: Css, outside: Element | None = None) -> list[Element]:
    """What the first matching alternative finds in ``scope``, none of it in ``outside``."""
    for one in alternatives(css):
        found: list[Element] = _xpath(one)(scope)
        if found and outside is not None:
            found = [node for node in found if not is_inside(node, outside)]
        if found:
            _note(one)
            return found
    return []


def first(scope: Element, css: Css, outside: Element | None = None) -> Element | None:
    return next(iter(select(scope, css, outside)), None)


def around(node: Element, css: Css) -> list[Element]:
    """The boxes around ``node`` that match, the outermost first."""
    above = set(node.iterancestors())
    return [box for box in _xpath(", ".join(alternatives(css)), "ancestor::")(node) if box in above]


def is_inside(node: Element, box: Element) -> bool:
    return box in node.iterancestors(box.tag)


def line(node: Element | None, skip: Collection[Element] = ()) -> str | None:
    """The words of an element as one line; None where it has none."""
    return None if node is None else " ".join(paragraphs(node, skip=skip)) or None


def short_line(node: Element | None, most: int) -> str:
    """What an element says, where that is no more than so many letters; '' else. A long one costs no more."""
    text = line(node) or "" if node is not None and _is_short(node, 2 * most) else ""
    return text if len(text) <= most else ""


def own_text(node: Element) -> str:
    """The letters in an element that names something, as they stand; '' for one that holds too much for a name."""
    return "".join(node.itertext()) if _is_short(node, _LONGEST_NAME) else ""


def _is_short(node: Element, most: int) -> bool:
    """Whether it holds no more than so many letters, in no more than some hundred elements."""
    letters = 0
    for count, one in enumerate(node.iter()):
        letters += len(one.text.strip()) if one.text and isinstance(one.tag, str) else 0
        letters += len(one.tail.strip()) if one.tail and one is not node else 0
        if letters > most or count > _MOST_NODES:
            return False
    return True


def absolute(address: str | None, page: str | None) -> str | None:
    """An address on ``page`` as a whole one; None where there is none, or none of the web."""
    if not address:
        return None
    try:
        whole = joined(page or "", address.strip())
    except ValueError:
        return None
    return whole if whole.lower().startswith(("http://", "https://")) else None


def _utf8(html: str | bytes) -> bytes:
    if isinstance(html, str):
        return html.encode("utf-8", "replace").removeprefix(_UTF8_BOM)
    bom, _ = read_bom(html)
    if bom is None and _SAYS_UTF8.search(html, 0, _HEAD):
        return html  # nearly every page, and cheaper than asking for all the ways in which to say it
    name = bom or html_body_declared_encoding(html) or "utf-8"
    if name == "utf-8":
        return html.removeprefix(_UTF8_BOM)
    if bom is None and name.startswith(("utf-16", "utf-32")):
        return html  # the declaration could be read as ASCII, so it is wrong
    try:
        return html.decode(name, "replace").encode("utf-8", "replace").removeprefix(_UTF8_BOM)
    except (LookupError, ValueError):
        return html  # a name of Python's that is no encoding of text
