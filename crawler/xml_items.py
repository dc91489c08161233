"""The items of a feed or sitemap, out of XML that is somebody else's: unpacked, parsed and walked within bounds."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.errors import PoisonedListingError

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAVIEST: Final = 32 * 1024 * 1024  # bytes that a listing may have unpacked: as many as any answer
# Parsed, an element takes a hundred bytes, however short it is. A sitemap has 50,000 addresses, by the protocol.
MOST_TAGS: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Item:
    """What stands in one item: elements with their local names, whatever namespace they claim, in their order."""

    elements: tuple[tuple[str, etree._Element], ...]

    def said(self, *names: str, attribute: str = "") -> Iterator[str]:
        """What each element of these names says in this attribute, else in its text."""
        return (_text(node, attribute) for name, node in self.elements if name in names)


def unpacked(body: bytes) -> bytes:
    """What a gzip file holds, as far as it can be read; other bytes as they are.

    Raises PoisonedListingError where it holds more than a listing may weigh: half of it would pass for the whole.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    unpacking = zlib.decompressobj(wbits=31)
    try:
        found = unpacking.decompress(body, HEAVIEST)
    except zlib.error:
        return b""
    if unpacking.unconsumed_tail:
        raise PoisonedListingError(f"it unpacks to more than {HEAVIEST // 1024**2} MB, more than a listing may weigh")
    return found


def parsed(body: bytes) -> etree._Element | None:
    """Without entities, network or DTDs; None for what is no XML at all. Raises PoisonedListingError."""
    if body.count(b"<") > MOST_TAGS:
        raise PoisonedListingError(f"it has more than {MOST_TAGS:,} tags, more than a listing may have")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    types = None if root is None else root.getroottree().docinfo.internalDTD
    if types is not None and next(types.iterentities(), None) is not None:
        raise PoisonedListingError("it declares XML entities, which no listing needs")
    return root


def items(root: etree._Element | None, *names: str) -> Iterator[Item]:
    """The items of these local names, each without what stands in an item within it.

    Items that were not closed stand in each other: looked at for each of those around it, a date would be read often.
    """
    for item in () if root is None else root.iter(*(f"{{*}}{name}" for name in names)):
        yield Item(tuple(_own(item, names)))


def _own(item: etree._Element, names: tuple[str, ...]) -> Iterator[tuple[str, etree._Element]]:
    walks = [iter(item)]  # one for each level: no list of all that waits
    while walks:
        if (node := next(walks[-1], None)) is None:
            walks.pop()
        elif (name := _name(node)) not in names:
            yield name, node
            walks.append(iter(node))


def _name(node: etree._Element) -> str:
    """'' for a comment, and for a name with half a letter: neither is anything that is looked for."""
    try:
        tag = node.tag
    except UnicodeDecodeError:
        return ""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _text(node: etree._Element, attribute: str) -> str:
    """'' for half a letter (``&#xD800;``), which is none."""
    try:
        said = node.get(attribute) if attribute else ""
        return (said or "".join(node.itertext())).strip()
    except UnicodeDecodeError:
        return ""
