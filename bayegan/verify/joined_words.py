"""The archive's joined words against its texts: each is held with as many articles as have it, and no other is.

Both sides are one sum, so that no list of all words is needed: a number for each word, times its articles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bayegan.archive.finding import joined_words
from bayegan.verify.checks import Kind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from bayegan.archive.finding.joined_words import Texts
    from bayegan.verify.checks import Finding, Repair

# A row that says nothing: it would not change the sum.
IDLE: Final = "SELECT count(*) FROM joined_words WHERE articles < 1"


def held(conn: sqlite3.Connection) -> int:
    """The sum of what the archive holds."""
    (total,) = conn.execute(IDLE).fetchone()
    for glued, parts, articles in conn.execute(joined_words.ALL):
        total += hash((glued, parts)) * articles
    return int(total)


def owed(articles: Iterable[Texts]) -> int:
    """The sum of what these articles have."""
    words = (parts for texts in articles for parts in joined_words.joined(texts))
    return sum(hash((parts.replace(" ", ""), parts)) for parts in words)


def _rebuild(repair: Repair, _: Iterator[Finding]) -> None:
    joined_words.rebuild(repair.conn)


UNLIKE: Final = Kind(
    name="joined words", mend=_rebuild, advice="Run it again with --repair: they are gathered anew from the texts."
)
