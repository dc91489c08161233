"""Whether a page is a text, a story in pictures or a video."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.document import first
from crawler.reading import sections
from crawler.text import fold
from crawler.urls import path_of

if TYPE_CHECKING:
    from crawler.items import Kind
    from crawler.reading import Reading

_KIND_OF_TYPE: dict[str, Kind] = {
    "photo": "photo",
    "gallery": "photo",
    "photogallery": "photo",
    "video": "video",
    "film": "video",
    "clip": "video",
    "multimedia": "video",
}
_KIND_OF_SECTION: dict[str, Kind] = {"عکس": "photo", "گزارش تصویری": "photo", "فیلم": "video", "ویدیو": "video"}
_KIND_OF_FOLDER: dict[str, Kind] = {"photo": "photo", "photos": "photo", "media": "video", "video": "video"}


def kind(r: Reading, *, has_text: bool) -> Kind:
    """What the page calls itself, else its address, else what it holds: pictures without text are a photo."""
    said = _KIND_OF_TYPE.get((r.own_meta("newstype") or "").lower())
    folders = (folder for one in r.addresses for folder in path_of(one).lower().split("/"))
    named = next((_KIND_OF_FOLDER[folder] for folder in folders if folder in _KIND_OF_FOLDER), None)
    if said or has_text or named == "photo":
        return said or named or "text"
    if first(r.box, r.css.player) is not None:
        return "video"
    if first(r.box, r.css.gallery) is not None:
        return "photo"  # also in a folder «media», which one family keeps for films and another for both
    told = (_KIND_OF_SECTION.get(name) for name in map(fold, sections(r)))
    return next((one for one in (named, *told) if one), "text")
