"""Why a page is no article, by name."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from crawler.document import parse, short_line
from crawler.errors import EmptyPageError, InterstitialError, NotAnArticleError, SoftNotFoundError
from crawler.prose import paragraphs

if TYPE_CHECKING:
    from crawler.document import Document

# ArvanCloud's block page, answered with status 200; an article may quote its words, so only a page that holds no
# article is asked for them.
_INTERSTITIAL = (b"arvanRecaptcha", b"AR_SiteKey", b"Transferring to the website")
_LONGEST_INTERSTITIAL = 2_000
_GAP = r"[\s\u200c]+"
_NOT_FOUND = re.compile(
    rf"(?:صفحه|صفحهٔ|خبر|مطلب|محتوا|محتوای|نشانی|آدرس)(?:{_GAP}ای)?{_GAP}(?:(?:مورد{_GAP}(?:نظر|درخواست)|درخواستی|درخواست{_GAP}شده)"
    rf"(?:{_GAP}شما)?{_GAP})(?:[^\s\u200c]+{_GAP}){{0,6}}?(?:(?:یافت|پیدا){_GAP}نشد|وجود{_GAP}ندارد|موجود{_GAP}(?:نیست|نمی[\s\u200c]*باشد)|حذف{_GAP}شده)"
    rf"|(?:صفحه|نشانی){_GAP}(?:یافت|پیدا){_GAP}نشد"
    r"|\b(?:error|خطای)\s*:?\s*404\b|^\W*404\b|\bpage not found\b",
    re.IGNORECASE,
)
_LONGEST_APOLOGY = 600
_MOST_HEADINGS = 200
_MANY_LETTERS = 100_000  # scripts and menus among them


def why_no_article(page: Document) -> NotAnArticleError:
    """The error for a page in which no known family's article was found."""
    said = _few_words(page)
    is_marked = any(mark in page.source for mark in _INTERSTITIAL)
    if is_marked and said is not None and len(said) < _LONGEST_INTERSTITIAL:
        return InterstitialError("A block page of ArvanCloud stands in front of the page: try again later, and slower.")
    if says_not_found(page):
        return SoftNotFoundError("The site says that this page does not exist, though it was served as if it did.")
    if said == "":
        return EmptyPageError("The page is empty: there is no text on it.")
    return NotAnArticleError("The page holds no article of a known family of sites: see `bayegan agencies`.")


def is_interstitial(body: bytes) -> bool:
    """Whether what a site answered is a block page; only a page that bears its marks is parsed for it."""
    if not any(mark in body for mark in _INTERSTITIAL):
        return False
    try:
        return isinstance(why_no_article(parse(body)), InterstitialError)
    except EmptyPageError:
        return False


def says_not_found(page: Document) -> bool:
    """Whether the page's title, a heading or its few words say that there is nothing here."""
    nodes = (node for tag in ("title", "h1", "h2") for node in islice(page.root.iter(tag), _MOST_HEADINGS))
    headings = (short_line(node, _LONGEST_APOLOGY) for node in nodes)
    if any(_NOT_FOUND.search(heading) for heading in headings):
        return True
    said = _few_words(page)
    return said is not None and len(said) < _LONGEST_APOLOGY and _NOT_FOUND.search(said) is not None


def _few_words(page: Document) -> str | None:
    """All that the page says; None where that is much, and not worth walking through again."""
    letters = 0
    for text in page.root.itertext():
        letters += len(text.strip())
        if letters > _MANY_LETTERS:
            return None
    return " ".join(paragraphs(page.root))
