"""The fields of an article, each read from where its family keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from crawler.boxes import nearest, outermost
from crawler.document import absolute, first, line, own_text, select, short_line
from crawler.markup import alternatives
from crawler.prose import paragraphs
from crawler.text import digits, fold, tidy, tidy_name
from crawler.urls import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from crawler.document import Document
    from crawler.markup import Css, Markup, Selectors

_CODE = re.compile(r"(?:کد|شناسه)[\s\u200c]*(?:خبر|مطلب)\s*:?\s*(\d{3,})")
_CODE_ALONE = re.compile(r"\d{3,}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)")
# What a page calls its writer; an editor («دبیر») is none.
_WRITER = re.compile(
    r"(?:به[\s\u200c]+قلم|(?:خبرنگار|نویسنده|گزارشگر|عکاس|گزارش|یادداشت|عکس)(?:[\s\u200c]*از)?)\s*[:,،]?\s+(?P<name>\D{3,60})"
)
# Without a label a name is told by its two words; «AFP» and «رویترز و AP/AFP» are none.
_NAME = re.compile(r"(?=.{3,60}$)[^\d/&]+\s[^\d/&]+")
# «انتهای پیام/», alone or with the editor's sign: a page that says no more has no text.
END_MARK = re.compile(r"[\W_]*(?:انتهای|پایان)[\s\u200c]+(?:پیام|خبر)[\W\d_]*(?:[^\W\d_][\W_]*)?")
_LONGEST_LABEL = 500  # letters, of what stands around a code or a writer's name
_HOME_WORDS = frozenset(map(fold, ("صفحه نخست", "صفحه اصلی", "صفحهٔ نخست", "صفحهٔ اصلی", "خانه")))
_HOME_PATHS = frozenset({"", "fa"})

_BLOCK_TAGS_WITH_NAMES = frozenset({"div", "section", "ul", "ol", "span"})
_CHROME_TAGS = frozenset({"header", "footer", "aside", "section", "h1"})
_ASIDE_TAGS = frozenset({"li", "aside", "nav", "footer", "article"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One page under one family's selectors.

    ``addresses`` are where it was served and where it says that it stands ('' where unknown); ``box`` is the article
    on it, ``body`` the outermost box of its text, ``near`` the article's box, or, in themes without one, the smallest
    around the text that holds a title too.
    """

    page: Document
    markup: Markup
    css: Selectors
    addresses: tuple[str, str]
    box: Element
    body: Element | None
    near: Element

    @property
    def is_head_alone(self) -> bool:
        return self.box is self.page.root and self.body is None

    def find(self, css: Css) -> Element | None:
        """The first match in the article that is not part of its text (other pages are pasted there)."""
        if self.near is not self.box:
            found = select(self.near, css, self.body)
            return next((node for node in found if not (self.css.wide and _is_aside(node))), None)
        return next(iter(self.boxes(css)), None)

    def boxes(self, css: Css) -> list[Element]:
        """Every such match; of a wide theme also beside the article, but not in lists and side boxes."""
        found = select(self.box, css, self.body)
        if found or not self.css.wide:
            return found
        return [node for node in select(self.page.root, css, self.body) if not _is_aside(node)]

    def links(self, css: Css) -> list[Element]:
        """Every such match; of a wide theme, wherever it stands: tags and breadcrumbs are lists themselves."""
        found = select(self.box, css, self.body)
        return found or (select(self.page.root, css, self.body) if self.css.wide else [])

    def own_meta(self, name: str) -> str | None:
        """What the family's own meta of this name says."""
        prefix = self.markup.prefix
        return self.page.meta(prefix + name) if prefix else None

    def texts(self, css: Css) -> Iterator[str]:
        return (text for node in self.boxes(css) if (text := short_line(node, _LONGEST_LABEL)))


def reading(page: Document, markup: Markup, css: Selectors, addresses: tuple[str, str]) -> Reading:
    """Find the article on the page, and its text."""
    found = first(page.root, css.article)
    box = page.root if found is None else found
    body = outermost(box, css.body)
    if body is None and box is not page.root and (body := outermost(page.root, css.body)) is not None:
        box = page.root
    near = nearest(box, body, css.title) if body is not None and box is page.root else box
    return Reading(page, markup, css, addresses, box, body, near)


def prose(r: Reading, known: Iterable[Element]) -> list[str]:
    """The paragraphs of the body; of the boxes around it where it has none of its own."""
    if r.body is not None and (said := paragraphs(r.body, _set_of(r.css.noise), {*known, *select(r.body, r.css.skip)})):
        return said
    box = first(r.box, r.css.around_body)
    if box is None or (r.body is not None and box is r.box):
        return []
    skip = {*known, *select(box, r.css.skip)}
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


def _is_aside(node: Element) -> bool:
    """Whether it stands in a list, a side box or another article: what is found there is another page's."""
    return any(above.tag in _ASIDE_TAGS for above in node.iterancestors())


def title(r: Reading) -> Element | None:
    return next((node for one in alternatives(r.css.title) if (node := r.find(one)) is not None and line(node)), None)


def lead(r: Reading) -> Element | None:
    """The first that stands beside the text, else the first that stands in it."""
    found = r.find(r.css.lead)
    return first(r.body, r.css.lead_in_body) if found is None and r.body is not None else found


def title_in_head(r: Reading) -> str | None:
    said = r.page.meta("og:title", "twitter:title", "dc.title") or line(first(r.page.root, "head > title"))
    site = r.page.meta("og:site_name")
    return tidy(said.removesuffix(f"- {site}") if said and site else said or "") or None


def code(r: Reading) -> str | None:
    """The news code in the page's own metas, else as shown. The node id is another number at some agencies."""
    said = r.own_meta("code")
    if said and _CODE_ALONE.fullmatch(digits(said)):
        return digits(said)
    boxes = (box for one in alternatives(r.css.code) for box in r.boxes(one))
    return next((number for box in boxes if (number := _number(r, box))), None)


def _number(r: Reading, box: Element) -> str | None:
    bare = digits(box.get(r.css.code_attribute, "")) if r.css.code_attribute else ""
    text = bare if _CODE_ALONE.fullmatch(bare) else digits(short_line(box, _LONGEST_LABEL))
    found = _CODE_ALONE.fullmatch(text) or _CODE.search(text)
    return found[found.lastindex or 0] if found else None


def node_id(r: Reading) -> str | None:
    said = digits(r.own_meta("nid") or "")
    return said if _CODE_ALONE.fullmatch(said) else None


def tags(r: Reading) -> tuple[str, ...]:
    shown = r.links(r.css.tags)
    if shown:
        return _names(own_text(node) for node in shown)
    said = next((r.page.metas[name] for name in r.css.tag_metas if r.page.metas.get(name)), [])
    return _names(name for one in said for name in one.split("," if "," in one else "،"))


def sections(r: Reading) -> tuple[str, ...]:
    """The breadcrumb, which often stands twice; else what the head and the page call the section.

    «فوتبال، فوتسال» is one section: no comma parts them.
    """
    shown = _names(own_text(node) for node in r.links(r.css.sections) if not _leads_home(node))
    trail = tuple(name for name in shown if fold(name) not in _HOME_WORDS)
    if trail:
        return tuple(name.removeprefix(f"{r.css.before_section} ") for name in trail)
    said = (r.page.meta("article:section") or "").split(">")
    return _names((*said, *(own_text(node) for node in select(r.box, r.css.service, r.body))))


def _leads_home(link: Element) -> bool:
    """Whether it is the first step of a breadcrumb, which some sites call by their own name."""
    href = link.get("href")
    return href is not None and path_of(href.strip()).strip("/") in _HOME_PATHS and not href.startswith(("#", "?"))


def authors(r: Reading, opening: str = "") -> tuple[str, ...]:
    """Who is labelled as the writer, or named alone or by the text's opening; never a writer's number."""
    labelled = [*map(_WRITER.fullmatch, r.texts(r.css.authors))]
    told = re.match(r.css.byline, opening) if r.css.byline else None
    alone = filter(_NAME.fullmatch, r.texts(r.css.writers))
    return _names((*(found["name"] for found in (*labelled, told) if found), *alone))


def image(r: Reading) -> str | None:
    """The picture above the article, else the one that it is shared with, else the first of its gallery."""
    found = _picture(r, r.css.image) or r.page.meta("og:image", "twitter:image", "twitter:image:src")
    return absolute(found or _picture(r, r.css.gallery), r.addresses[0] or r.addresses[1])


def _picture(r: Reading, css: Css) -> str | None:
    node = next(iter(select(r.box, css) or r.boxes(css)), None)
    said = (node.get(name, "").strip() for name in ("src", "data-src", "href")) if node is not None else ()
    return next((one for one in said if one and not one.startswith("data:")), None)


def language(r: Reading) -> str | None:
    said = (r.page.meta("language", "content-language"), r.page.root.get("lang"), r.page.meta("og:locale"))
    found = (_LANGUAGE.match(one.strip().lower()) for one in said if one)
    return next((match[0] for match in found if match), None)


def _names(written: Iterable[str]) -> tuple[str, ...]:
    """Names as published, in order, each once."""
    return tuple(dict.fromkeys(name for one in written if (name := tidy_name(one))))
