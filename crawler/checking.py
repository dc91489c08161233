"""Is an article whole? What is not is refused by name, never kept half."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.errors import NotWholeError

if TYPE_CHECKING:
    from crawler.items import Article


def check(article: Article) -> None:
    """Refuse an article without agency, news code or title, and a text without lead or body.

    A photo or a video may stand without text.
    """
    faults = {
        "it has no agency": not article.agency,
        "it has no news code": not article.news_code,
        "it has no title": not article.title,
        "it is a text without lead or body": article.kind == "text" and not (article.body or article.lead),
    }
    found = [fault for fault, holds in faults.items() if holds]
    if found:
        raise NotWholeError(f"The article is not whole: {', '.join(found)}.")
