"""Where each field of an article was found: for who tries selectors. Reading itself keeps no such notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler import generic
from crawler import reading as read
from crawler.boxes import outermost
from crawler.document import first, noting
from crawler.markup.generic import GENERIC
from crawler.moments import modified, published
from crawler.opening import open_page
from crawler.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crawler.items import Article
    from crawler.opening import Opened
    from crawler.reading import Reading

# How each field is looked for; what was matched last is where it was found, and what matches nothing is the default.
_LOOKS: Mapping[str, tuple[Callable[[Reading], object], str]] = {
    "news_code": (lambda r: read.code(r) or read.node_id(r), "address"),
    "url": (lambda _: None, "address"),
    "title": (lambda r: read.title(r) is not None or read.title_in_head(r), "title"),
    "kicker": (lambda r: r.find(r.css.kicker), ""),
    "lead": (lambda r: read.lead(r) is not None or r.page.meta("og:description", "description"), ""),
    "body": (lambda r: outermost(r.box, r.css.body) is not None or first(r.box, r.css.around_body), ""),
    "tags": (read.tags, "meta keywords"),
    "sections": (read.sections, ""),
    "authors": (read.authors, "the text's opening"),
    "place": (lambda _: None, "dateline"),
    "published": (published, ""),
    "modified": (modified, ""),
    "image": (read.image, ""),
    "language": (read.language, "html[lang]"),
}


def explain_page(html: str | bytes, url: str = "") -> tuple[Article, dict[str, str]]:
    """Read a page, and say of every field that it holds where it was found.

    A place is a CSS selector, «meta NAME», «JSON-LD KEY», «address», «dateline» or «generic: …»; under «reader»
    stands what the family was known by. Raises what ``read_page`` does.

    >>> article, where = explain_page('<meta name="generator" content="nastooh"><h1 class="title">کتاب نو</h1>'
    ...     '<div class="item-text"><p>یک</p></div>')
    >>> where["title"], where["body"], where["reader"]
    ('h1.title', 'div.item-text', 'the generator «nastooh»')
    """
    article = read_page(html, url)
    opened = open_page(html, url)
    reader = article.reader or ""
    trace = {}
    if not reader.startswith(GENERIC.name) and (r := opened.reading()) is not None:
        trace = {name: _found(r, name) for name in _LOOKS if getattr(article, name)}
    if reader.endswith(GENERIC.reader):
        trace = {**generic.read_opened(opened).trace, **{name: said for name, said in trace.items() if said}}
    return article, {**trace, "reader": _evidence(opened, reader)}


def _found(r: Reading, name: str) -> str:
    look, default = _LOOKS[name]
    with noting() as notes:
        look(r)
    return notes[-1] if notes else default


def _evidence(opened: Opened, reader: str) -> str:
    if reader == GENERIC.reader:
        return "no family is known by this page"
    return opened.known.evidence if opened.known else "the agency's family, by its address"
