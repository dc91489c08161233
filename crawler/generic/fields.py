"""The fields of a page of which nothing is known: each a row of places that are asked in order, the likeliest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.document import line, own_text, short_line
from crawler.generic.headings import claimed, without_site
from crawler.text import fold, tidy_name
from crawler.urls import host_of, path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from crawler.generic.view import View
    from crawler.items import Kind

    # Where something stands, and what is said there.
    Told = Iterable[tuple[str, str]]

_LONGEST_NAME = 60  # letters of a tag, a section, an author
_HOME_PATHS = frozenset({"", "fa"})
_HOME_WORDS = frozenset(map(fold, ("صفحه نخست", "صفحه اصلی", "صفحهٔ نخست", "صفحهٔ اصلی", "خانه", "home")))
_BY = re.compile(
    r"(?:به[\s\u200c]+قلم|(?:خبرنگار|نویسنده|نگارنده|گزارشگر|عکاس|مترجم|توسط|گزارش|یادداشت|عکس)(?:[\s\u200c]*از)?)\s*:?\s+"
)
_FOLDERS: dict[str, Kind] = {
    **dict.fromkeys(("photo", "photos", "gallery", "album", "عکس"), "photo"),
    **dict.fromkeys(("video", "videos", "film", "tv", "clip", "ویدیو", "فیلم"), "video"),
}
_NEAR = 2  # boxes above the region in which its tags may stand
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=[-_]|$)")


def titles(view: View) -> Told:
    if view.title is not None:
        yield f"<{view.title.tag}>", line(view.title) or ""
    yield from ((where, without_site(said, view.page)) for where, said in claimed(view.page, view.stated))


def tags(view: View) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The links to tags, else what the head lists."""
    linked = [
        node for node in view.page.root.iter("a") if "tag" in node.get("rel", "").split() and not _is_category(node)
    ]
    yield "a[rel=tag]", _names(map(own_text, linked))
    yield "box of tags", _first_box(view.having("tags"))
    yield "meta article:tag", _names(_split(view.page.metas.get("article:tag", ())))
    yield "box of tags", _first_box(view.around("tags", _NEAR))
    yield "JSON-LD keywords", _names(_split(view.stated.texts("keywords")))
    yield "meta keywords", _names(_split(view.page.metas.get("news_keywords") or view.page.metas.get("keywords") or ()))


def sections(view: View) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The breadcrumb without its first step and the title, else what the head says."""
    title = {fold(said) for _, said in titles(view)}
    yield "breadcrumb", _steps(_first_box(view.named.inside(view.page.root, "trail")), title)
    yield "JSON-LD breadcrumb", _steps(view.stated.trail, title)
    yield "JSON-LD articleSection", _names(view.stated.texts("articleSection"))
    yield "meta article:section", _names((view.page.meta("article:section") or "").split(">"))
    services = (
        node for box in view.around("service", 1) for node in (box, *box.iterdescendants("a")) if node.tag == "a"
    )
    yield "link to the section", _steps(_names(map(own_text, services)), title)


def authors(view: View) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Persons: whoever is called like the site is the agency itself."""
    yield "JSON-LD author", _people(view, view.stated.people())
    yield "meta author", _people(view, (view.page.meta("author", "article:author") or "",))
    linked = (node for node in view.region.iter("a", "span") if _is_author(node))
    yield "link to the author", _people(view, (short_line(node, _LONGEST_NAME) for node in linked))
    told = (short_line(node, _LONGEST_NAME) for node in view.having("writer"))
    yield "by-line", _people(view, (said for said in told if _BY.match(said)))


def images(view: View) -> Told:
    for name in ("og:image", "twitter:image", "twitter:image:src"):
        said = view.page.meta(name) or ""
        yield (
            f"meta {name}",
            "" if "logo" in path_of(said).lower() else said,
        )  # what is shared where there is no picture
    yield "JSON-LD image", view.stated.text("image") or view.stated.text("thumbnailUrl") or ""
    box = view.text.box if view.text else None
    yield "<img>", next((node.get("src", "") for node in box.iter("img")), "") if box is not None else ""


def kinds(view: View) -> Iterator[tuple[str, Kind]]:
    """What the address calls it, else what the page says that it is."""
    folders = (folder for one in view.addresses for folder in path_of(one).lower().split("/"))
    yield from (("address", _FOLDERS[folder]) for folder in folders if folder in _FOLDERS)
    if (view.page.meta("og:type") or "").startswith("video"):
        yield "meta og:type", "video"
    if view.text is None and view.stated.media:
        yield "JSON-LD", "video" if view.stated.media == "video" else "photo"


def languages(view: View) -> Told:
    said = {
        "meta language": view.page.meta("language", "content-language"),
        "html[lang]": view.page.root.get("lang"),
        "JSON-LD inLanguage": view.stated.text("inLanguage"),
        "meta og:locale": view.page.meta("og:locale"),
    }
    for where, one in said.items():
        found = _LANGUAGE.match((one or "").strip().lower())
        yield where, found[0] if found else ""


def _is_category(node: Element) -> bool:
    return "category" in node.get("rel", "").split()


def _is_author(node: Element) -> bool:
    return "author" in node.get("rel", "").split() or node.get("itemprop") == "author"


def _first_box(boxes: Iterable[Element]) -> tuple[str, ...]:
    """The links in the first of these boxes that has some."""
    return next((found for box in boxes if box.tag != "a" and (found := _linked_names(box))), ())


def _linked_names(box: Element) -> tuple[str, ...]:
    return _names(own_text(node) for node in box.iter("a") if not _leads_home(node))


def _leads_home(link: Element) -> bool:
    href = link.get("href", "#").strip()
    return not href.startswith(("#", "?")) and path_of(href).strip("/") in _HOME_PATHS


def _steps(names: tuple[str, ...], title: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if fold(name) not in _HOME_WORDS and fold(name) not in title)


def _people(view: View, said: Iterable[str]) -> tuple[str, ...]:
    names = _names(_BY.sub("", one, count=1) for one in said)
    site = {fold(one) for one in (view.page.meta("og:site_name"), *view.stated.texts("publisher")) if one}
    host = next((host_of(one) for one in view.addresses if one), "") or "\n"
    return tuple(
        name for name in names if " " in name and "/" not in name and fold(name) not in site and host not in name
    )


def _names(said: Iterable[str]) -> tuple[str, ...]:
    """Names as published, in order, each once."""
    names = (tidy_name(one).lstrip("#") for one in said)
    return tuple(dict.fromkeys(name for name in names if name and len(name) <= _LONGEST_NAME))


def _split(said: Iterable[str]) -> Iterator[str]:
    return (name for one in said for name in re.split(r"[,،؛;]", one))
