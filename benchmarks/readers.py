"""The readers that are scored beside each other, each as a function from a page to the fields that it speaks of."""

from __future__ import annotations

import warnings
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from benchmarks.samples import FIELDS
from crawler.article_json import article_json
from crawler.errors import NotAnArticleError
from crawler.generic import read_generic
from crawler.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crawler.items import Article

    # A field that a reader has no name for is missing in what it answers; one that it did not find is None or empty.
    Reader = Callable[[bytes, str], Mapping[str, Any]]

OURS, GENERIC = "read_page", "generic"
# The peers by the names of their packages; neither is needed for the project itself.
PEERS = ("trafilatura", "newspaper4k")
_MODULES = {"newspaper4k": "newspaper"}


def readers() -> dict[str, Reader]:
    """Every reader that can run here, ours first."""
    table = {
        OURS: lambda html, url: _ours(read_page, html, url),
        GENERIC: lambda html, url: _ours(read_generic, html, url),  # as if no family were known
        "trafilatura": _trafilatura,
        "newspaper4k": _newspaper,
    }
    return {name: call for name, call in table.items() if is_installed(name)}


def is_installed(reader: str) -> bool:
    return reader in {OURS, GENERIC} or find_spec(_MODULES.get(reader, reader)) is not None


def _ours(read: Callable[[bytes, str], Article], html: bytes, url: str) -> dict[str, Any]:
    try:
        article = article_json(read(html, url))
    except NotAnArticleError:
        return dict.fromkeys(FIELDS) | {"refused": True}
    return {field: article[field] for field in FIELDS} | {"refused": False}


def _trafilatura(html: bytes, url: str) -> dict[str, Any]:
    found = import_module("trafilatura").bare_extraction(html, url=url or None, with_metadata=True)
    named = {
        "title": "title", "lead": "description", "body": "text", "published": "date", "tags": "tags",
        "sections": "categories", "image": "image",
    }  # fmt: skip
    return {field: getattr(found, name, None) for field, name in named.items()}


def _newspaper(html: bytes, url: str) -> dict[str, Any]:
    with warnings.catch_warnings(action="ignore"):  # it says that it misses nltk, which reading does not need
        # By itself it would ask the site for the sizes of its pictures.
        article = import_module("newspaper").Article(
            url or "https://example.invalid", language="fa", fetch_images=False
        )
        article.download(input_html=html.decode("utf-8", "replace"))
        article.parse()
    named = {
        "title": "title", "lead": "meta_description", "body": "text", "published": "publish_date",
        "tags": "meta_keywords", "authors": "authors", "image": "top_image",
    }  # fmt: skip
    return {field: getattr(article, name, None) for field, name in named.items()}
