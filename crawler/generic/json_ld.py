"""What a page says of its article in JSON-LD (schema.org), however carelessly it was written."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from crawler.document import Document

_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|\w*BlogPosting|Report|Review|NewsVideo)")
_MEDIA = {"VideoObject": "video", "ImageGallery": "photo", "MediaGallery": "photo"}
_PERSON = frozenset({"Person", ""})
# The strings worth saving of a script that is no JSON.
_PAIR = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|description|keywords|inLanguage)"\s*:\s*"((?:[^"\\\n]|\\.)*)"'
)
_COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_LONG_NUMBER = re.compile(r"&#x?[0-9a-fA-F]{9,};?")  # no letter, and for Python perhaps no number
_DEEPEST = 6  # objects in objects; an article stands at the second or third level


@dataclass(frozen=True, slots=True)
class Stated:
    """``article`` is the article's object, {} where the page has none; ``trail`` the names of its breadcrumb."""

    article: Mapping[str, Any] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    media: str | None = None

    def text(self, key: str) -> str | None:
        """What a key says in words; None where it says nothing."""
        return next(iter(self.texts(key)), None)

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(_texts(self.article.get(key)))

    def people(self) -> tuple[str, ...]:
        """Authors that are persons: an organisation is the agency itself."""
        authors = [one for one in _listed(self.article.get("author")) if _type(one) in _PERSON]
        return tuple(name for one in authors for name in _texts(one))


def stated(page: Document) -> Stated:
    """What the scripts of a page state together."""
    objects = [one for script in _scripts(page) for one in _objects(_load(script), 0)]
    article = next((one for one in objects if _ARTICLE.fullmatch(_type(one))), {})
    trail = next((_trail(one) for one in objects if _type(one) == "BreadcrumbList"), ())
    media = next((_MEDIA[_type(one)] for one in objects if _type(one) in _MEDIA), None)
    return Stated(article, trail, media)


def _scripts(page: Document) -> Iterator[str]:
    for node in page.root.iter("script"):
        if node.get("type", "").strip().lower() == "application/ld+json" and node.text:
            yield node.text


def _load(written: str) -> Any:
    plain = _COMMENT.sub("", written).strip().rstrip(";")
    for text in (plain, _TRAILING_COMMA.sub(r"\1", plain)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    saved = {key: _unescaped(value) for key, value in _PAIR.findall(plain)}
    return {"@type": "Article", **saved} if "headline" in saved else None


def _unescaped(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Every object with a type, the outer first."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        if _type(value):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "video", "breadcrumb"):
            yield from _objects(value.get(key), depth + 1)


def _type(value: Any) -> str:
    said = value.get("@type") if isinstance(value, dict) else ""
    named = said[0] if isinstance(said, list) and said else said
    return named.rpartition("/")[2] if isinstance(named, str) else ""


def _trail(crumbs: dict[str, Any]) -> tuple[str, ...]:
    steps = [one for one in _listed(crumbs.get("itemListElement")) if isinstance(one, dict)]
    named = (_texts(step.get("name")) or _texts(step.get("item")) for step in steps)
    return tuple(names[0] for names in named if names)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _texts(value: Any) -> list[str]:
    """Words of a string, of a list of them, or of objects that have a name or an address."""
    said = []
    for one in _listed(value):
        words = (
            next((one[key] for key in ("name", "url", "@id") if one.get(key)), None) if isinstance(one, dict) else one
        )
        words = words[0] if isinstance(words, list) and words else words
        if isinstance(words, str) and words.strip():
            said.append(unescape(_LONG_NUMBER.sub("", words)).strip())
    return said
