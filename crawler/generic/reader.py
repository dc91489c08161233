"""The last resort: a page of a site that nobody declared, read by what such pages have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import html as lxml_html

from crawler.dateline import place_of
from crawler.document import absolute, line, short_line
from crawler.errors import NotAnArticleError, SoftNotFoundError
from crawler.generic import fields
from crawler.generic.lines import is_furniture_line
from crawler.generic.moments import modified, published
from crawler.generic.text_box import END_MARK
from crawler.generic.view import view
from crawler.items import Article
from crawler.markup.generic import GENERIC
from crawler.opening import open_page
from crawler.prose import paragraphs
from crawler.refusal import says_not_found, why_no_article
from crawler.text import fold, tidy_block
from crawler.urls import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from crawler.generic.view import View
    from crawler.opening import Opened

_FEWEST_LETTERS = 120  # of the text of a page that does not call itself an article
_FEWEST_STATED = 40  # of one that does, and of a fragment
_MARKED_UP = re.compile(rb"<(?:p|div|article|section|main|br|td)\b", re.IGNORECASE)
_LONGEST_APOLOGY = 300
_LONGEST_LINE = 80
_HOME_PATHS = frozenset({"", "fa", "index.html", "index.php"})
_TEASERS = 4  # headings that are links, in a list of articles
_SOURCE_ALONE = re.compile(r"[^.:؛]{3,40}[-–—ـ]\s*")  # «خبرگزاری … -», a paragraph by itself


@dataclass(frozen=True, slots=True)
class Read:
    """An article, and for each of its fields where it was found."""

    article: Article
    trace: dict[str, str]


def read_generic(html: str | bytes, url: str = "") -> Article:
    """Read a page as if no family were known; raises what ``read_page`` does."""
    return read_opened(open_page(html, url)).article


def read_opened(opened: Opened) -> Read:
    """Read a page that no family's selectors read."""
    seen = view(opened.page, opened.addresses)
    _refuse(opened, seen)
    found = dict(_found(opened, seen))
    body = found.get("body", ("", ""))[1]
    if not _is_article(opened, seen, body, found):
        raise why_no_article(opened.page)
    values: dict[str, Any] = {name: value for name, (_, value) in found.items()}
    agency = opened.agency.name if opened.agency else None
    article = Article(agency=agency, reader=GENERIC.reader, **values)
    return Read(article, {name: where for name, (where, _) in found.items()})


def _refuse(opened: Opened, seen: View) -> None:
    """Raise for what names articles and is none: an apology, a home page, a list."""
    if (seen.text is None or seen.text.letters < _LONGEST_APOLOGY) and says_not_found(opened.page):
        raise SoftNotFoundError("The site says that this page does not exist, though it was served as if it did.")
    path = next((path_of(one) for one in opened.addresses if one), "?").strip("/")
    is_list = path in _HOME_PATHS or _teasers(seen) >= _TEASERS
    if is_list and not seen.stated.article:
        raise NotAnArticleError("The page is a list of articles, no article: read the pages that it names.")


def _teasers(seen: View) -> int:
    """How many headings in the text's box are links, or stand in one: more than a few make a list."""
    if seen.text is None:
        return 0
    headings = list(seen.text.box.iter("h1", "h2", "h3", "h4"))
    return sum(next(node.iter("a"), None) is not None or _parent_tag(node) == "a" for node in headings)


def _parent_tag(node: Element) -> object:
    parent = node.getparent()
    return None if parent is None else parent.tag


def _is_article(opened: Opened, seen: View, body: str, found: dict[str, tuple[str, Any]]) -> bool:
    """Whether there is enough of one: much text; little, or a film or pictures alone, where all else speaks for it."""
    if opened.page.is_fragment:
        is_text = len(body) >= _FEWEST_STATED or END_MARK.search(body) is not None
        return is_text and _MARKED_UP.search(opened.page.source) is not None
    stated = bool(seen.stated.article) or (opened.page.meta("og:type") or "").lower().startswith("article")
    if stated or {"title", "published", "news_code"} <= found.keys():
        return bool(body and seen.text) or len(body) >= _FEWEST_STATED or "kind" in found
    return len(body) >= _FEWEST_LETTERS and "title" in found


def _found(opened: Opened, seen: View) -> Iterator[tuple[str, tuple[str, Any]]]:
    """Each field that the page holds, with where."""
    body = _body(seen)
    lead = line(seen.lead)
    address = _address(opened)
    rows: dict[str, Iterable[tuple[str, Any]]] = {
        "news_code": [("address", _code(opened, address))],
        "url": [("address" if opened.addresses[0] else "canonical", address)],
        "title": fields.titles(seen),
        "kicker": [(_where(seen.kicker), line(seen.kicker))],
        "lead": [(_where(seen.lead), lead)],
        "body": [(body[0], "\n\n".join(body[1]))],
        "tags": fields.tags(seen),
        "sections": fields.sections(seen),
        "authors": fields.authors(seen),
        "place": [("dateline", place_of(lead, body[1][:3], None))],
        "published": [one] if (one := published(seen)) else [],
        "modified": [one] if (one := modified(seen)) else [],
        "image": ((where, absolute(said, address)) for where, said in fields.images(seen)),
        "kind": fields.kinds(seen),
        "language": fields.languages(seen),
    }
    for name, told in rows.items():
        first = next(((where, value) for where, value in told if value), None)
        if first is not None:
            yield name, first


def _where(node: Element | None) -> str:
    if node is None:
        return ""
    names = (node.get("class") or node.get("id") or "").split()
    return f"{node.tag}.{names[0]}" if names else f"<{node.tag}>"


def _address(opened: Opened) -> str | None:
    served, stated = opened.addresses
    if opened.agency is not None:
        return opened.agency.canonical(served or stated)
    return served.partition("#")[0] or absolute(stated, None)


def _code(opened: Opened, address: str | None) -> str | None:
    if opened.agency is not None:
        return opened.agency.code_of(address or "")
    found = GENERIC.scheme.match(path_of(address or ""))
    return found["code"] if found else None


def _body(seen: View) -> tuple[str, list[str]]:
    """The paragraphs of the text; of what JSON-LD says where the page itself holds less."""
    shown = [] if seen.text is None else _prose(seen)
    stated = _stated_body(seen)
    if stated and sum(map(len, stated)) > 2 * sum(map(len, shown)):
        return "JSON-LD articleBody", stated
    return f"generic: the prose of {_where(seen.text.box)}" if seen.text else "", shown


def _stated_body(seen: View) -> list[str]:
    said = seen.stated.text("articleBody") or ""
    if "<" not in said:
        return [one for one in tidy_block(said).split("\n\n") if one]
    return paragraphs(lxml_html.fromstring(f"<div>{said}</div>"))


def _prose(seen: View) -> list[str]:
    if seen.text is None:
        return []
    skip = {*seen.text.furniture, *_read_otherwise(seen)}
    said = paragraphs(seen.text.box, skip=skip)
    known = {fold(one) for one in (line(seen.title), line(seen.kicker), line(seen.lead)) if one}
    start = next((at for at, one in enumerate(said) if not _is_line(one, known)), len(said))
    return [one for one in said[start:] if not is_furniture_line(one)]


def _is_line(said: str, known: set[str]) -> bool:
    """Whether a first paragraph is none: what was read as a field, or a line of the page's own."""
    return fold(said) in known or is_furniture_line(said) or _SOURCE_ALONE.fullmatch(said) is not None


def _read_otherwise(seen: View) -> Iterator[Element]:
    """What in the text's box is a field of its own, and what stands before the title there."""
    box = seen.text.box if seen.text else seen.region
    yield from (node for node in (seen.title, seen.kicker, seen.lead) if node is not None)
    for role in ("date", "tags", "trail", "writer"):
        yield from (node for node in seen.having(role) if short_line(node, _LONGEST_LINE))
    if seen.title is not None and box in seen.title.iterancestors():
        for node in (seen.title, *seen.title.iterancestors()):
            if node is box:
                break
            yield from node.itersiblings(preceding=True)
