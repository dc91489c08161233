"""Milliseconds a page of the reader, beside lxml's bare parse and trafilatura: `python -m benchmarks.read_page`.

The pages are those of the example site, and the saved real ones of `$BAYEGAN_REAL_PAGES` that the reader knows.
"""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import trafilatura
from lxml import etree

from bayegan.example import Example, Site, stories
from bayegan.example.answering import Request
from benchmarks.measure import interleaved, show
from crawler.errors import NotAnArticleError
from crawler.page import read_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROUNDS = 15
BARE, OURS, THEIRS = "lxml's bare parse", "read_page", "trafilatura"


def example_pages(count: int) -> list[bytes]:
    """Article pages as the example site serves them."""
    site = Site(stories=stories(count))
    asked = [Request(path=story.path, headers={"host": "example.invalid"}) for story in site.stories]
    return [Example(site).answer(request).body for request in asked]


def real_pages() -> list[bytes]:
    """Whole pages and fragments of real sites, where this machine has them."""
    folder = os.environ.get("BAYEGAN_REAL_PAGES")
    return [path.read_bytes() for path in sorted(Path(folder, "pages").glob("*.html"))] if folder else []


def is_read(page: bytes) -> bool:
    try:
        return read_page(page).body is not None
    except NotAnArticleError:
        return False


def calls(page: bytes) -> dict[str, Callable[[], object]]:
    return {
        BARE: lambda: etree.fromstring(page, etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)),
        OURS: lambda: read_page(page),
        THEIRS: lambda: trafilatura.bare_extraction(page, with_metadata=True),
    }


def compare(title: str, pages: Iterable[bytes]) -> None:
    readable = [page for page in pages if is_read(page)]
    spent = [interleaved(calls(page), ROUNDS) for page in readable]
    if not spent:
        return
    size = sum(map(len, readable)) / len(readable) / 1000
    rows = [
        (
            name,
            f"{median(page[name] for page in spent) * 1000:.2f}",
            f"{median(page[name] / page[BARE] for page in spent):.2f}",
            f"{sum(page[name] for page in spent) / sum(page[BARE] for page in spent):.2f}",
        )
        for name in (BARE, OURS, THEIRS)
    ]
    heads = ["reader", "ms, median page", "x the parse, median page", "x the parse, all pages"]
    show(f"{len(spent)} {title}, {size:.0f} kB each", heads, rows)


if __name__ == "__main__":
    compare("pages of the example site (aim: 2.5 x the parse)", example_pages(30))
    saved = real_pages()
    compare("saved real documents (aim: 2.5 x the parse)", [page for page in saved if b"</html>" in page])
    compare("saved real fragments, without a head", [page for page in saved if b"</html>" not in page])
