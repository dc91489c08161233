"""The fields of an article, each read from where its family keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from crawler.dates import read_datetime
from crawler.document import absolute, around, first, line, select
from crawler.errors import UnreadableDateError
from crawler.markup import alternatives
from crawler.prose import paragraphs
from crawler.text import digits, fold, tidy, tidy_name
from crawler.urls import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from lxml.etree import _Element as Element

    from crawler.document import Document
    from crawler.items import Kind
    from crawler.markup import Css, Markup, Selectors

_CODE = re.compile(r"(?:کد[\s\u200c]*خبر|شناسه[\s\u200c]*خبر)\s*:?\s*(\d{3,})")
_CODE_ALONE = re.compile(r"\d{3,}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)")
# What a page calls its writer; an editor («دبیر») is none.
_WRITER = re.compile(
    r"(?:به[\s\u200c]+قلم|(?:خبرنگار|نویسنده|گزارشگر|عکاس|گزارش|یادداشت|عکس)(?:[\s\u200c]*از)?)\s*:?\s+(?P<name>\D{3,60})"
)
_HOME_WORDS = frozenset(map(fold, ("صفحه نخست", "صفحه اصلی", "صفحهٔ نخست", "صفحهٔ اصلی", "خانه")))
_LONGEST_DATE = 60

_KIND_OF_TYPE: dict[str, Kind] = {
    "photo": "photo",
    "gallery": "photo",
    "photogallery": "photo",
    "video": "video",
    "film": "video",
    "clip": "video",
    "multimedia": "video",
}
_KIND_OF_FOLDER: dict[str, Kind] = {"photo": "photo", "media": "video", "video": "video"}
_BLOCK_TAGS_WITH_NAMES = frozenset({"div", "section", "ul", "ol", "span"})
_CHROME_TAGS = frozenset({"header", "footer", "aside", "section", "h1"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One page under one family's selectors.

    ``addresses`` are where it was served and where it says that it stands ('' where unknown); ``box`` is the article
    on it, ``body`` the outermost box of its text.
    """

    page: Document
    markup: Markup
    css: Selectors
    addresses: tuple[str, str]
    box: Element
    body: Element | None

    @property
    def is_head_alone(self) -> bool:
        return self.box is self.page.root and self.body is None

    def find(self, css: Css) -> Element | None:
        """The first match in the article that is not part of its text (other pages are pasted there)."""
        return first(self.box, css, self.body)

    def texts(self, css: Css) -> Iterator[str]:
        return (text for node in select(self.box, css, self.body) if (text := line(node)))


def reading(page: Document, markup: Markup, css: Selectors, addresses: tuple[str, str]) -> Reading:
    """Find the article on the page, and its text."""
    found = first(page.root, css.article)
    box = page.root if found is None else found
    body = _outermost(box, css.body)
    if body is None and box is not page.root and (body := _outermost(page.root, css.body)) is not None:
        box = page.root
    return Reading(page, markup, css, addresses, box, body)


def _outermost(scope: Element, css: Css) -> Element | None:
    """The first match, or what else matches around it: other pages are pasted into bodies, bodies and all."""
    found = first(scope, css)
    return found if found is None else next(iter(around(found, css)), found)


def prose(r: Reading, known: Iterable[Element]) -> list[str]:
    """The paragraphs of the body; of the boxes around it where it has none of its own."""
    if r.body is not None and (said := paragraphs(r.body, _set_of(r.css.noise))):
        return said
    box = first(r.box, r.css.around_body)
    if box is None or (r.body is not None and box is r.box):
        return []
    skip = set(known)
    if box is r.box:
        skip |= {child for child in box if _is_chrome(child)}
    return paragraphs(box, _set_of(f"{r.css.noise} {r.css.chrome}"), skip)


@cache
def _set_of(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _is_chrome(child: Element) -> bool:
    """In the article's own box only plain elements are text; boxes with a name are the page's furniture."""
    named = "class" in child.attrib or "id" in child.attrib
    return child.tag in _CHROME_TAGS or (named and child.tag in _BLOCK_TAGS_WITH_NAMES)


def title(r: Reading) -> Element | None:
    return next((node for one in alternatives(r.css.title) if (node := r.find(one)) is not None and line(node)), None)


def title_in_head(r: Reading) -> str | None:
    said = r.page.meta("og:title", "twitter:title", "dc.title") or line(first(r.page.root, "head > title"))
    site = r.page.meta("og:site_name")
    return tidy(said.removesuffix(f"- {site}") if said and site else said or "") or None


def code(r: Reading) -> str | None:
    """The news code in the page's own metas, else as shown. The node id is another number at some agencies."""
    said = r.page.meta(f"{r.markup.prefix}code")
    if said and _CODE_ALONE.fullmatch(digits(said)):
        return digits(said)
    shown = (_CODE.search(digits(text)) for one in alternatives(r.css.code) for text in r.texts(one))
    return next((found[1] for found in shown if found), None)


def node_id(r: Reading) -> str | None:
    said = digits(r.page.meta(f"{r.markup.prefix}nid") or "")
    return said if _CODE_ALONE.fullmatch(said) else None


def tags(r: Reading) -> tuple[str, ...]:
    shown = select(r.box, r.css.tags, r.body)
    if shown:
        return _names(_own_text(node) for node in shown)
    said = r.page.metas.get("article:tag") or r.page.metas.get("keywords") or []
    return _names(name for one in said for name in one.split(","))


def sections(r: Reading) -> tuple[str, ...]:
    """The breadcrumb, which often stands twice; else what the head and the page call the section.

    «فوتبال، فوتسال» is one section: no comma parts them.
    """
    shown = _names(_own_text(node) for node in select(r.box, r.css.sections, r.body))
    trail = tuple(name for name in shown if fold(name) not in _HOME_WORDS)
    if trail:
        return trail
    said = (r.page.meta("article:section") or "").split(">")
    return _names((*said, *(_own_text(node) for node in select(r.box, r.css.service, r.body))))


def authors(r: Reading) -> tuple[str, ...]:
    """Who is labelled as the writer; never the agency itself, nor a writer's number."""
    labelled = map(_WRITER.fullmatch, r.texts(r.css.authors))
    return _names(found["name"] for found in labelled if found)


def published(r: Reading) -> datetime | None:
    """The meta (UTC), else a local time in the article, else the time as shown; never the time of rendering."""
    inner = (node.get("content", "") for node in select(r.box, "meta[itemprop=datePublished]", r.body))
    head = (r.page.meta(name) or "" for name in ("article:published_time", "datepublished"))
    shown = (text for one in alternatives(r.css.date) for text in r.texts(one))
    return _first_moment(written for source in (head, inner, shown) for written in source)


def modified(r: Reading) -> datetime | None:
    return _first_moment(
        r.page.meta(name) or "" for name in ("article:modified_time", "article:modified", "datemodified")
    )


def image(r: Reading) -> str | None:
    """The picture above the article, else the one that it is shared with, else the first of its gallery."""
    found = _picture(r, r.css.image) or r.page.meta("og:image", "twitter:image", "twitter:image:src")
    return absolute(found or _picture(r, r.css.gallery), r.addresses[0] or r.addresses[1])


def _picture(r: Reading, css: Css) -> str | None:
    node = first(r.box, css)
    said = (node.get(name, "").strip() for name in ("src", "data-src")) if node is not None else ()
    return next((one for one in said if one and not one.startswith("data:")), None)


def kind(r: Reading, *, has_text: bool) -> Kind:
    """What the page calls itself, else its address, else what it holds: pictures without text are a photo."""
    said = _KIND_OF_TYPE.get((r.page.meta(f"{r.markup.prefix}newstype") or "").lower())
    folders = (folder for one in r.addresses for folder in path_of(one).lower().split("/"))
    named = said or next((_KIND_OF_FOLDER[folder] for folder in folders if folder in _KIND_OF_FOLDER), None)
    if named or has_text:
        return named or "text"
    if first(r.box, r.css.player) is not None:
        return "video"
    return "photo" if first(r.box, r.css.gallery) is not None else "text"


def language(r: Reading) -> str | None:
    said = (r.page.meta("language", "content-language"), r.page.root.get("lang"), r.page.meta("og:locale"))
    found = (_LANGUAGE.match(one.strip().lower()) for one in said if one)
    return next((match[0] for match in found if match), None)


def _names(written: Iterable[str]) -> tuple[str, ...]:
    """Names as published, in order, each once."""
    return tuple(dict.fromkeys(name for one in written if (name := tidy_name(one))))


def _own_text(node: Element) -> str:
    return "".join(node.itertext())


def _first_moment(written: Iterable[str]) -> datetime | None:
    for one in written:
        if not one or len(one) > _LONGEST_DATE:
            continue
        try:
            return read_datetime(one)
        except UnreadableDateError:
            continue
    return None
