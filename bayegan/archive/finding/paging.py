"""Going on where a page of hits ended, while the archive grows: a token that says where that was.

All pages are of the archive as it was when the first of them was shown: what came later has a higher id, and is
left out. The newest first, the token names the last hit by what it is sorted by. By relevance it names the hits
that were shown: a word's weight changes with every article that comes, and so would a place in that order; what
was not shown yet is weighed anew, and nothing comes twice or never.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, Final

from crawler.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

Key = tuple[str | None, str, str]  # published, agency, news code
Clause = tuple[str, dict[str, str]]  # of a WHERE, with what is bound in it

MOST_BYTES: Final = 100_000  # of a token unpacked
UNREADABLE: Final = "«{token}» is no place to go on from: give the token that a page of hits ended with, all of it."
OTHER_ORDER: Final = "This token is of a search by another order: give it with the query and --sort that it came from."

NO_LATER: Final = "articles.id <= :newest_id"
# In the order of selecting.NEWEST_FIRST, where what has no date comes last.
SAME_MOMENT: Final = """
    (articles.agency > :after_agency OR articles.agency = :after_agency AND articles.news_code < :after_code)"""
DATED: Final = f"""
    articles.published <= :after_published AND (articles.published < :after_published OR {SAME_MOMENT})"""
UNDATED: Final = "articles.published IS NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page ended: what no later page shows, and how far the archive counts.

    ``newest_id`` is the archive's highest id when the first page was shown; ``key`` is that of the last hit, the
    newest first; ``shown`` are the ids of all hits so far, by relevance (``key`` is None then).
    """

    newest_id: int
    key: Key | None = None
    shown: frozenset[int] = frozenset()

    @property
    def token(self) -> str:
        """The place in letters that need no quoting; gaps between ids pack better than ids."""
        gaps = [end - start for start, end in pairwise((0, *sorted(self.shown)))]
        written = json.dumps([self.newest_id, self.key or gaps], ensure_ascii=False, separators=(",", ":"))
        return urlsafe_b64encode(zlib.compress(written.encode(), 9)).decode().rstrip("=")

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What follows, the newest first: conditions for one query after another."""
        if self.key is None:
            return (("", {}),)
        published, agency, code = self.key
        bound = {"after_agency": agency, "after_code": code}
        if published is None:
            return ((f"{UNDATED} AND {SAME_MOMENT}", bound),)
        return (DATED, bound | {"after_published": published}), (UNDATED, {})


def read(token: str) -> Place:
    """Read what :attr:`Place.token` wrote; raises UsageError for anything else."""
    try:
        packed = urlsafe_b64decode(token.strip() + "=" * (-len(token.strip()) % 4))
        newest_id, last = json.loads(_unpacked(packed))
        return Place(newest_id=_number(newest_id), **_last(last))
    except (ValueError, TypeError, RecursionError, zlib.error) as error:
        raise UsageError(UNREADABLE.format(token=token[:40])) from error


def _unpacked(packed: bytes) -> bytes:
    reader = zlib.decompressobj()
    written = reader.decompress(packed, MOST_BYTES)
    if not reader.eof or reader.unused_data:
        raise ValueError("it is cut, too long, or goes on behind its end")
    return written


def _last(last: Any) -> dict[str, Any]:
    match last:
        case [str() | None as published, str() as agency, str() as code]:
            return {"key": (published, agency, code)}
        case list():
            return {"shown": frozenset(accumulate(map(_number, last)))}
    raise ValueError("it says neither where the page ended nor what was shown")


def _number(value: Any) -> int:
    if not isinstance(value, int) or not 0 <= value < 2**63:
        raise ValueError(f"{value} is no id")
    return value


def clauses(place: Place | None, *, ranked: bool) -> tuple[Clause, ...]:
    """Conditions for one query after another; raises UsageError for a place in another order."""
    if place is None:
        return (("", {}),)
    if ranked != (place.key is None):
        raise UsageError(OTHER_ORDER)
    return place.clauses


def left(ids: Iterable[int], place: Place | None) -> list[int]:
    """Those of the ids that were not shown yet."""
    return [each for each in ids if place is None or each not in place.shown]
