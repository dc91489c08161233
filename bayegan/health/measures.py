"""What a run measures of itself: how much it found, and how much its readers found on the pages."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import asdict, dataclass, fields
from statistics import median
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crawler.items import Article

GENERIC: Final = "generic"  # in the name of a reader: the family's own selectors did not find the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The numbers of one run, as they stand among its counts.

    ``fresh`` articles were listed for the first time; ``due`` and ``held``: what was listed or due and not deleted, and
    how much of it is held now. ``named`` articles stood in the listings (one that is as it was counts, too), and
    ``silent_listings`` could not be had. Of the ``read`` pages, ``texts`` should hold a text; ``family`` were read by
    the selectors of the agency's family, and on so many were a title, lead, body, date (``published``) and tags.
    ``body_length``: the median of the bodies' letters. ``wrong``: fields of the agency's articles were not found.
    ``accepted``: somebody has looked and called it sound; ``untold``: its alert was not delivered.
    """

    fresh: int | None = None
    due: int = 0
    held: int = 0
    named: int = 0
    silent_listings: int = 0
    wrong: int = 0
    read: int = 0
    texts: int = 0
    family: int = 0
    title: int = 0
    lead: int = 0
    body: int = 0
    published: int = 0
    tags: int = 0
    body_length: int = 0
    accepted: int = 0
    untold: int = 0

    def as_counts(self) -> dict[str, int]:
        return {name: value for name, value in asdict(self).items() if value is not None and name not in _LATER}


_LATER: Final = ("accepted", "untold", "held")  # the first two are said of a run afterwards; held is counted anyway
NAMES: Final = tuple(field.name for field in fields(Measures))


def measures(counts: Mapping[str, Any]) -> Measures:
    """The measures among a run's counts; of a run that did not measure itself, as much as it counted."""
    known: dict[str, int] = {name: counts[name] for name in NAMES if isinstance(counts.get(name), int)}
    if counts and "read" not in known:
        known |= {"fresh": counts.get("new") or 0, "due": counts.get("listed") or 0}
    return Measures(**known)


# Whether a reading has a field.
FOUND: Final[Mapping[str, Callable[[Article], object]]] = {
    "family": lambda article: GENERIC not in (article.reader or ""),
    "title": lambda article: article.title,
    "lead": lambda article: article.lead,
    "body": lambda article: article.body,
    "published": lambda article: article.published,
    "tags": lambda article: article.tags,
}


def missing(article: Article) -> frozenset[str]:
    """The fields that a reading lacks; a photo or a video needs no body."""
    spared = () if article.kind == "text" else ("body",)
    return frozenset(name for name, found in FOUND.items() if name not in spared and not found(article))


class Tally:
    """Counts the readings of one run as they come."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lengths = array("L")

    def see(self, article: Article) -> None:
        """Count what was read, whatever becomes of it."""
        self._counts.update(read=1, texts=int(article.kind == "text"))
        self._counts.update(name for name, found in FOUND.items() if found(article) and self._counts_for(name, article))
        if article.body and article.kind == "text":
            self._lengths.append(len(article.body))

    def see_nothing(self) -> None:
        """Count a page in which no article was found."""
        self._counts.update(read=1, texts=1)

    def measures(self) -> Measures:
        return Measures(**self._counts, body_length=int(median(self._lengths)) if self._lengths else 0)

    @staticmethod
    def _counts_for(name: str, article: Article) -> bool:
        return name != "body" or article.kind == "text"
