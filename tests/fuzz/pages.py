"""Pages: the address in the first line, then what was served there."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.article_json import article_from_json, article_json
from crawler.page import read_page
from crawler.text import tidy, tidy_block

if TYPE_CHECKING:
    from crawler.items import Article

SAVED: Final = Path(__file__).parent.parent / "pages"
WORDS: Final = (
    *("<article>", '<div class="body">', '<div class="title">', '<div class="lead">', "<h1>", "<p>", "<br>"),
    *("<table><tr><td>", "<figure>", '<time datetime="', '<meta property="og:title" content="', "<title>", "<a href="),
    *('<script type="application/ld+json">', '{"@type":"NewsArticle","articleBody":"', '"headline":"', "hidden"),
    *('<meta property="nastooh:code" content="', '<meta name="generator" content="', '<link rel="canonical" href="'),
    *('<meta charset="', "utf-16", "windows-1256", "hz", "idna", "base64", "انتهای پیام", "بیشتر بخوانید:", "کد خبر:"),
)  # fmt: skip


def read(data: bytes) -> Article:
    """Bytes as they came from a site; of an odd length, as text that somebody decoded."""
    address, _, html = data.partition(b"\n")
    url = address.decode("utf-8", "replace").strip()
    article = read_page(html.decode("utf-8", "replace") if len(html) % 2 else html, url)
    check_storable(article)
    return article


def check_storable(article: Article) -> None:
    """What was read can be written and read again as it is, and is tidy."""
    assert article_from_json(json.loads(json.dumps(article_json(article)))) == article
    for said in (article.title, article.kicker, article.lead):
        assert said is None or (said and tidy(said) == said), said
    assert article.body is None or tidy_block(article.body) == article.body


@cache
def seeds() -> list[bytes]:
    """The project's own saved pages."""
    found = []
    for path in sorted(SAVED.glob("*/*.html")):
        said = path.with_suffix(".json")
        url = json.loads(said.read_bytes())["url"] if said.exists() else ""
        found.append(f"{url or ''}\n".encode() + path.read_bytes())
    return found
