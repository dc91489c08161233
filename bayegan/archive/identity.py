"""When two readings are the same text, and when they cannot be the same article."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.text import fold, glued

if TYPE_CHECKING:
    from crawler.items import Article

SHINGLE: Final = 3  # words
NOTHING_SHARED: Final = 0.05  # of the smaller text's shingles: below it, two texts have nothing to do with each other
FROM_DUMP: Final = "dump/"  # how the reader of a plain-text dump signs its articles


class Gist(NamedTuple):
    """As much of a reading as tells one article from another."""

    title: str | None
    lead: str | None
    body: str | None


def content_hash(article: Article) -> str:
    """SHA-256 in hex over kicker, title, lead, body and tags, white space tidied; None counts as empty.

    >>> from crawler.items import Article
    >>> content_hash(Article(title="یک  دو")) == content_hash(Article(title="یک دو", kicker=""))
    True
    """
    texts = (article.kicker, article.title, article.lead, article.body)
    fields = [*map(_tidied, texts), *map(_tidied, article.tags)]
    return sha256(json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def from_dump(reader: str | None) -> bool:
    """Whether a reading came from a plain-text dump: held, but to be replaced by the page once it is had."""
    return (reader or "").startswith(FROM_DUMP)


def code_reused(held: Gist, read: Gist) -> bool:
    """Whether a news code was given to another article: another title, and a text that shares nothing.

    Without a text on both sides nothing speaks against an edited title.
    """
    if glued(held.title or "") == glued(read.title or ""):
        return False
    ours, theirs = _shingles(held), _shingles(read)
    smaller = min(len(ours), len(theirs))
    return smaller > 0 and len(ours & theirs) / smaller < NOTHING_SHARED


def _tidied(text: str | None) -> str:
    return " ".join((text or "").split())  # str.split takes no non-joiner for white space


def _shingles(gist: Gist) -> set[tuple[str, ...]]:
    words = fold(f"{gist.lead or ''} {gist.body or ''}").split()
    last = max(len(words) - SHINGLE, 0)
    return {tuple(words[at : at + SHINGLE]) for at in range(last + 1)} if words else set()
